import { afterEach, expect, test } from 'vitest'
import { createIppClient } from '../client.ts'
import { type IppAttributes, type IppValue, OPERATION } from '../message/message.ts'
import type { PrintOrder } from '../printer.ts'
import { type IppTestServer, startIppTestServer } from '../testing/index.ts'
import { takeBackLater } from './given-up.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { planJob } from './plan.ts'

const limits = { ...DEFAULT_LIMITS, answerMs: 5000, pollMs: 5 }

let server: IppTestServer | undefined
afterEach(() => server?.close())

const { createJob, sendDocument, cancelJob, cupsGetPrinters } = OPERATION
const IPP = [createJob, sendDocument, cancelJob]

test.each([
  ['a letter, CUPS: it is told to forget it', [...IPP, cupsGetPrinters], true, true],
  ['a card, CUPS: it is kept for whoever looks after the queue', [...IPP, cupsGetPrinters], undefined, false],
  ['a letter, a printer that knows nothing of the sort', IPP, true, false],
])('N-5: %s', (_, operations, confidential, forget) => {
  const attributes: IppAttributes = new Map<string, readonly IppValue[]>([
    ['operations-supported', operations],
    ['media-supported', ['iso_a4_210x297mm']],
    ['document-format-supported', ['application/pdf']],
  ])
  const order: PrintOrder = { jobName: 'one', media: 'A4', pdf: Buffer.of(), pictures: [], twoSided: false }
  expect(planJob(attributes, { ...order, ...(confidential && { confidential }) })).toMatchObject({ forget })
})

test('N-5: a letter that was given up and has ended meanwhile is forgotten when CUPS is back', async () => {
  const running = await startIppTestServer()
  server = running
  const job = running.jobs.create('Letter', {})
  running.jobs.receive(job, 'application/pdf', Buffer.from('%PDF-1.7'))
  const client = createIppClient({ uri: running.uri }, 'cardwright')
  await takeBackLater({ client, id: job.id, limits, forget: false }, job.uuid)
  await takeBackLater({ client, id: job.id, limits, forget: true }, 'urn:uuid:of-another')
  expect(running.asked).toEqual(['Get-Job-Attributes', 'Get-Job-Attributes'])
  await takeBackLater({ client, id: job.id, limits, forget: true }, job.uuid)
  expect(running.asked.slice(2)).toEqual(['Get-Job-Attributes', 'Cancel-Job'])
})
