import { createRelayPrinters } from '@cardwright/adapters/printer'
import { sampleCardPdf, sampleCardPicture } from '@cardwright/adapters/testing/printer'
import type { PrintOrder } from '@cardwright/core'
import { createFarPrinting } from '@cardwright/relay'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLocalPrinters } from '../../apps/client/src/printing/local-printers.ts'
import { type RunningCups, startCups } from './cups.ts'
import { A4, CR80 } from './ppd.ts'

let cups: RunningCups
const logged: string[] = []
beforeAll(async () => {
  const common = { twoSided: true } as const
  const queues = [
    { ...common, name: 'cards', sizes: [CR80] as const },
    { ...common, name: 'office', sizes: [A4] as const },
  ]
  cups = await startCups(queues, [])
})
afterAll(() => cups.close())

/** The server's end and the workstation's client, with nothing in between. */
const connect = () => {
  const place = { host: 'localhost', port: cups.port }
  const local = createLocalPrinters({ log: event => logged.push(event), place })
  const far = createFarPrinting(local, message => near.receive(message))
  const near = createRelayPrinters(message => void far.receive(message))
  return near
}
const order = async (change: Partial<PrintOrder> = {}): Promise<PrintOrder> => ({
  jobName: 'card 4711',
  media: 'CR80',
  pdf: await sampleCardPdf('Front', 'Back'),
  pictures: [await sampleCardPicture({ r: 255, g: 255, b: 255 }), await sampleCardPicture({ r: 0, g: 0, b: 255 })],
  twoSided: true,
  ...change,
})

test('P-2: the workstation’s own queues for cards are told, no others, and a card comes out of the chosen one', async () => {
  const found = await connect().list()
  expect(found).toMatchObject([{ queue: 'cards', name: 'cards', status: { state: 'READY', twoSided: true } }])
  const bars: number[] = []
  const outcome = await found[0]?.printer.print(await order(), ({ progress }) => bars.push(progress))
  expect(outcome).toEqual({ kind: 'PRINTED' })
  expect(cups.tray('cards').names()).toEqual(['card 4711'])
  expect(cups.tray('cards').document('card 4711').subarray(0, 5).toString()).toBe('%PDF-')
  expect(bars.at(-1)).toBe(1)
  expect(logged).toEqual(['print on cards: PRINTED'])
})

test('what is no card goes to no queue of the workstation, and nothing goes to a queue that takes no cards', async () => {
  const local = createLocalPrinters({ log: () => {}, place: { host: 'localhost', port: cups.port } })
  const refused = { kind: 'FAILED', fault: { code: 'JOB_REFUSED' }, paperMayHaveMoved: false }
  const print = async (queue: string, change: Partial<PrintOrder> = {}) =>
    local.print({ ...(await order(change)), queue, media: 'CR80' }, () => {}, new AbortController().signal)
  expect(await print('office')).toMatchObject(refused)
  expect(await print('cards', { pdf: Buffer.from('%!PS-Adobe-3.0') })).toMatchObject(refused)
  expect(cups.tray('office').names()).toEqual([])
  expect(cups.tray('cards').names()).toEqual(['card 4711'])
})

test('P-1: a workstation without CUPS has no printers', async () => {
  const local = createLocalPrinters({ log: () => {}, place: { host: 'localhost', port: 9, timeoutMs: 500 } })
  expect(await local.list()).toEqual([])
})
