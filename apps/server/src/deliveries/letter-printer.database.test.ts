import { createNetworkPrinter } from '@cardwright/adapters/printer'
import { readLetter } from '@cardwright/adapters/testing/letter'
import { type IppTestServer, startIppTestServer } from '@cardwright/adapters/testing/printer'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { OutboxWorker } from '../jobs/outbox-worker.ts'
import { type Letters, officer, openLetters, PIN } from './letters.fixture.ts'
import { repeatDelivery } from './repeat-delivery.ts'

const HOUR = 3_600_000
const limits = { answerMs: 1000, pollMs: 5, silenceMs: 50, cancelMs: 1000, jobMs: 20_000 }

let letters: Letters
let worker: OutboxWorker
let printer: IppTestServer
beforeEach(async () => {
  letters = await openLetters()
  printer = await startIppTestServer()
  letters.site.printer = createNetworkPrinter({ uri: printer.uri, limits })
  worker = letters.start()
})
afterEach(async () => {
  await letters.close()
  await printer.close()
})

const queue = async (): Promise<string> => {
  const [id] = await letters.queue({ pin: 'PRINT' })
  if (!id) throw new Error('nothing was queued')
  return id
}
const repeat = (id: string) =>
  repeatDelivery(letters.database, id, { scope: 'ALL', note: 'looked', by: officer, at: letters.time.now })
/** Of each letter that came out, whether the PIN stands on it and whether it is marked. */
const cameOut = () =>
  Promise.all(
    printer.printed.map(async ({ bytes }) => {
      const lines = await readLetter(bytes)
      return { pin: lines.includes(PIN), copy: lines.includes('Copy') }
    }),
  )

test('N-1: a letter printer gets one page of A4 with the PIN of its holder, by a name that tells neither', async () => {
  const id = await queue()
  await worker.drain()
  expect(await cameOut()).toEqual([{ pin: true, copy: false }])
  const [letter] = printer.printed
  expect(letter).toMatchObject({ jobName: `Letter ${id.slice(-8)}`, format: 'application/pdf' })
  expect(JSON.stringify(letter?.jobAttributes)).toContain('iso_a4_210x297mm')
  expect(await letters.delivery(id)).toMatchObject({ state: 'DELIVERED', recipient: 'Letters, ground floor' })
  expect(await letters.secrets()).toEqual(['PUK'])
})

test('N-5, bad input: paper runs out while the letter is in the printer: it waits, the PIN is kept, and it comes out once', async () => {
  const begun = printer.jobs.hold()
  const id = await queue()
  const done = worker.drain()
  await begun
  printer.setReasons('media-empty-error')
  await expect.poll(async () => (await letters.delivery(id)).lastError).toBe('PRINTER_NO_CARD')
  expect(await letters.secrets()).toEqual(['PIN', 'PUK'])
  expect(await repeat(id)).toMatchObject({ code: 'DELIVERY_WAITS' })
  printer.jobs.release()
  expect(printer.printed).toEqual([])
  printer.setReasons()
  await done
  expect(await cameOut()).toEqual([{ pin: true, copy: false }])
  expect(await letters.delivery(id)).toMatchObject({ state: 'DELIVERED', lastError: null, copy: 1 })
})

test('N-5, bad input: paper runs out and the printer gives the letter up: the PIN is kept, only a marked copy comes out later', async () => {
  const id = await queue()
  printer.jobs.abortNext('aborted-by-system')
  printer.setReasons('media-needed-report')
  await worker.drain()
  expect(await letters.delivery(id)).toMatchObject({
    state: 'UNCERTAIN',
    lastError: 'LETTER_UNCERTAIN',
    handedAt: null,
  })
  expect(await letters.secrets()).toEqual(['PIN', 'PUK'])
  printer.setReasons()
  letters.time.now += HOUR
  await worker.drain()
  expect(printer.printed).toEqual([])
  expect(await repeat(id)).toMatchObject({ ok: true })
  await worker.drain()
  expect(await cameOut()).toEqual([{ pin: true, copy: true }])
  expect(await letters.secrets()).toEqual(['PUK'])
})

test('N-5, bad input: a printer that is out of paper gets no letter; with paper it gets it by itself, without a mark', async () => {
  printer.setReasons('media-empty-error')
  const id = await queue()
  await worker.drain()
  expect(await letters.delivery(id)).toMatchObject({ state: 'WAITING', lastError: 'PRINTER_NO_CARD', handedAt: null })
  expect(printer.jobs.count()).toBe(0)
  printer.setReasons()
  letters.time.now += HOUR
  await worker.drain()
  expect(await cameOut()).toEqual([{ pin: true, copy: false }])
})

test('bad input: a printer that vanishes in the middle: uncertain, and not printed twice without a mark', async () => {
  const begun = printer.jobs.hold()
  const id = await queue()
  const done = worker.drain()
  await begun
  await printer.vanish()
  await done
  expect(await letters.delivery(id)).toMatchObject({ state: 'UNCERTAIN' })
  await printer.comeBack()
  // What it had begun comes out after all.
  printer.jobs.release()
  letters.time.now += HOUR
  await worker.drain()
  expect(await cameOut()).toEqual([{ pin: true, copy: false }])
  expect(await repeat(id)).toMatchObject({ ok: true })
  await worker.drain()
  expect(await cameOut()).toEqual([
    { pin: true, copy: false },
    { pin: true, copy: true },
  ])
})
