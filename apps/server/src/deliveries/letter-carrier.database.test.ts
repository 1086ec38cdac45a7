import { noteHanded, noteNotDelivered, queueAgain } from '@cardwright/adapters/db'
import type { PrinterFault, PrintOutcome } from '@cardwright/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { OutboxWorker } from '../jobs/outbox-worker.ts'
import { type Letters, officer, openLetters, PIN } from './letters.fixture.ts'
import { repeatDelivery } from './repeat-delivery.ts'

const HOUR = 3_600_000
const fault = (code: PrinterFault['code']): PrinterFault => ({ code, severity: 'ERROR', keyword: code })
const failed = (code: PrinterFault['code'], paperMayHaveMoved: boolean): PrintOutcome => ({
  kind: 'FAILED',
  fault: fault(code),
  paperMayHaveMoved,
})

let letters: Letters
let worker: OutboxWorker
beforeEach(async () => {
  letters = await openLetters()
  worker = letters.start()
})
afterEach(() => letters.close())

const queuePin = async (): Promise<string> => {
  const [id] = await letters.queue({ pin: 'PRINT' })
  if (!id) throw new Error('nothing was queued')
  return id
}
/** Carries out what is due; the printer ends each letter so. */
const drain = async (...outcomes: (PrintOutcome | Error)[]) => {
  const done = worker.drain()
  for (const outcome of outcomes) {
    await letters.printer.arrived()
    letters.printer.end(outcome)
  }
  await done
}
const repeat = (id: string) =>
  repeatDelivery(letters.database, id, { scope: 'ALL', note: 'looked', by: officer, at: letters.time.now })

test('N-5: a printed letter is delivered, and the stored PIN is wiped with the note of it; the PUK stays', async () => {
  const id = await queuePin()
  await drain({ kind: 'PRINTED' })
  expect(await letters.delivery(id)).toMatchObject({
    state: 'DELIVERED',
    recipient: 'Letters, ground floor',
    attempts: 1,
    handedAt: null,
  })
  expect(await letters.secrets()).toEqual(['PUK'])
  expect(await letters.audited()).toEqual(['delivery.sent SUCCESS null'])
  const [order] = letters.printer.orders
  expect(order).toMatchObject({ media: 'A4', jobName: `Letter ${id.slice(-8)}`, confidential: true })
  await worker.drain()
  expect(letters.printer.orders).toHaveLength(1)
})

test('N-3, N-5: PIN and PUK are two letters', async () => {
  await letters.queue({ pin: 'PRINT', puk: 'PRINT' })
  await drain({ kind: 'PRINTED' }, { kind: 'PRINTED' })
  expect(letters.printer.orders).toHaveLength(2)
  expect((await letters.list()).map(d => [d.kind, d.state]).sort()).toEqual([
    ['pin', 'DELIVERED'],
    ['puk', 'DELIVERED'],
  ])
})

test('N-5: without a letter printer it fails at once, undoes nothing, and is printed when it is repeated', async () => {
  const id = await queuePin()
  letters.site.printer = null
  await worker.drain()
  expect(await letters.delivery(id)).toMatchObject({ state: 'FAILED', lastError: 'NO_LETTER_PRINTER' })
  expect(await letters.secrets()).toEqual(['PIN', 'PUK'])
  letters.site.printer = letters.printer
  const again = await repeat(id)
  expect(again).toMatchObject({ ok: true, value: { delivery: { state: 'WAITING', copy: 1 } } })
  await drain({ kind: 'PRINTED' })
  expect(await letters.delivery(id)).toMatchObject({ state: 'DELIVERED', copy: 1 })
  expect(await letters.audited()).toEqual([
    'delivery.failed FAILURE NO_LETTER_PRINTER',
    'delivery.repeated SUCCESS NO_LETTER_PRINTER',
    'delivery.sent SUCCESS null',
  ])
})

test('a printer that is off gets nothing; the letter is tried again by itself, for a day', async () => {
  const id = await queuePin()
  letters.printer.says = { state: 'FAULT', faults: [fault('OFFLINE')], twoSided: false }
  await worker.drain()
  letters.time.now += HOUR
  await worker.drain()
  expect(await letters.delivery(id)).toMatchObject({ state: 'WAITING', attempts: 2, lastError: 'PRINTER_OFFLINE' })
  letters.time.now += 24 * HOUR
  await worker.drain()
  expect(letters.printer.orders).toEqual([])
  expect(await letters.delivery(id)).toMatchObject({ state: 'FAILED', lastError: 'PRINTER_OFFLINE' })
  expect(await letters.audited()).toEqual([
    'delivery.failed FAILURE PRINTER_OFFLINE',
    'delivery.failed FAILURE PRINTER_OFFLINE',
  ])
  expect(await letters.secrets()).toEqual(['PIN', 'PUK'])
})

test('what certainly did not come out is printed again by itself, without a mark', async () => {
  const id = await queuePin()
  await drain(failed('JOB_REFUSED', false))
  expect(await letters.delivery(id)).toMatchObject({ state: 'WAITING', handedAt: null, copy: 1 })
  letters.time.now += HOUR
  await drain({ kind: 'PRINTED' })
  expect(await letters.delivery(id)).toMatchObject({ state: 'DELIVERED', copy: 1, attempts: 2 })
})

test.each([
  ['the printer vanished in the middle', failed('UNKNOWN_OUTCOME', true)],
  ['somebody took it out of the queue', { kind: 'CANCELLED' }],
  ['the printer’s software failed', new Error('broken pipe')],
] as const)('%s: nobody knows, it is not printed again by itself, and repeated it is a copy', async (_, outcome) => {
  const id = await queuePin()
  await drain(outcome)
  letters.time.now += HOUR
  await worker.drain()
  expect(letters.printer.orders).toHaveLength(1)
  expect(await letters.delivery(id)).toMatchObject({ state: 'UNCERTAIN', lastError: 'LETTER_UNCERTAIN' })
  expect(await letters.secrets()).toEqual(['PIN', 'PUK'])
  expect(await repeat(id)).toMatchObject({ ok: true, value: { delivery: { copy: 2 } } })
  expect(await repeat(id)).toMatchObject({ ok: false, code: 'DELIVERY_WAITS' })
  await drain({ kind: 'PRINTED' })
  expect(await letters.delivery(id)).toMatchObject({ state: 'DELIVERED', copy: 2 })
  expect(await letters.secrets()).toEqual(['PUK'])
  expect(await repeat(id)).toMatchObject({ ok: false, code: 'DELIVERY_DONE' })
})

test('a crash between printing and the note of it is seen: the letter is uncertain, and not printed twice', async () => {
  const id = await queuePin()
  await worker.stop()
  const crashing = letters.start({
    ...letters.database,
    transaction: () => Promise.reject(new Error('the server died here')),
  })
  await letters.printer.arrived()
  letters.printer.end({ kind: 'PRINTED' })
  await crashing.drain()
  await crashing.stop()
  expect(await letters.delivery(id)).toMatchObject({ state: 'WAITING', handedAt: letters.time.now })
  letters.time.now += HOUR
  worker = letters.start()
  await worker.drain()
  expect(letters.printer.orders).toHaveLength(1)
  expect(await letters.delivery(id)).toMatchObject({ state: 'UNCERTAIN', copy: 1 })
  expect(await letters.audited()).toEqual(['delivery.uncertain FAILURE LETTER_UNCERTAIN'])
})

test('a server whose claim ran out hands the letter over at the same moment, and dies: that is seen, not forgotten', async () => {
  const id = await queuePin()
  const { status } = letters.printer
  letters.printer.status = async function () {
    await noteHanded(letters.db, id, 'Letters, ground floor', letters.time.now)
    return status.call(this)
  }
  await worker.drain()
  expect(await letters.delivery(id)).toMatchObject({ state: 'WAITING', handedAt: letters.time.now })
  letters.time.now += HOUR
  await worker.drain()
  expect(letters.printer.orders).toEqual([])
  expect(await letters.delivery(id)).toMatchObject({ state: 'UNCERTAIN' })
  expect(await letters.secrets()).toEqual(['PIN', 'PUK'])
})

test('a server whose claim ran out fails while another has the letter in its printer: that stays to be seen', async () => {
  const id = await queuePin()
  letters.printer.status = async () => {
    await noteHanded(letters.db, id, 'Letters, ground floor', letters.time.now)
    return { state: 'FAULT', faults: [fault('OFFLINE')], twoSided: false }
  }
  await worker.drain()
  expect(await letters.delivery(id)).toMatchObject({ state: 'WAITING', handedAt: letters.time.now, lastError: null })
  letters.time.now += 48 * HOUR
  await worker.drain()
  expect(letters.printer.orders).toEqual([])
  expect(await letters.delivery(id)).toMatchObject({ state: 'UNCERTAIN', lastError: 'LETTER_UNCERTAIN' })
})

test('a server that comes back late clears only what it noted itself, not the letter that was repeated meanwhile', async () => {
  const id = await queuePin()
  const late = worker.drain()
  await letters.printer.arrived()
  const seen = await letters.delivery(id)
  await noteNotDelivered(letters.db, seen, { error: 'LETTER_UNCERTAIN', at: letters.time.now, final: 'UNCERTAIN' })
  expect(await repeat(id)).toMatchObject({ ok: true, value: { delivery: { copy: 2 } } })
  const handedAt = letters.time.now + HOUR
  expect(await noteHanded(letters.db, id, 'Letters, first floor', handedAt)).toBe(true)
  letters.printer.end(failed('JOB_REFUSED', false))
  await late
  expect(await letters.delivery(id)).toMatchObject({ state: 'WAITING', handedAt, copy: 2 })
})

test('what a printer’s software throws is in the log, with the letter it was about and nothing that stands in it', async () => {
  const id = await queuePin()
  await drain(new Error('broken pipe'))
  expect(letters.logged).toEqual([expect.stringContaining('broken pipe')])
  expect(letters.logged[0]).toContain(id)
  for (const secret of [PIN, 'Lindstr']) expect(letters.logged[0]).not.toContain(secret)
})

test('of a card that was issued again the earlier letter is withdrawn, and the later one is printed', async () => {
  const earlier = await queuePin()
  await letters.issueAgain('555666')
  await drain({ kind: 'PRINTED' })
  const all = await letters.list()
  expect(all.map(d => [d.id === earlier, d.state]).sort()).toEqual([
    [false, 'DELIVERED'],
    [true, 'WITHDRAWN'],
  ])
  expect(letters.printer.orders).toHaveLength(1)
})

test('two servers print one letter', async () => {
  const id = await queuePin()
  const other = letters.start()
  const both = [worker.drain(), other.drain()]
  await letters.printer.arrived()
  letters.printer.end({ kind: 'PRINTED' })
  await Promise.all(both)
  expect(letters.printer.orders).toHaveLength(1)
  expect(await letters.delivery(id)).toMatchObject({ state: 'DELIVERED', attempts: 1 })
})

test('paper runs out in the middle: the letter waits with the printer, and is delivered once there is paper', async () => {
  const id = await queuePin()
  const done = worker.drain()
  await letters.printer.arrived()
  letters.printer.tell({ progress: 0.5, waitsFor: fault('NO_CARD') })
  await expect.poll(async () => (await letters.delivery(id)).lastError).toBe('PRINTER_NO_CARD')
  expect((await letters.delivery(id)).state).toBe('WAITING')
  letters.printer.tell({ progress: 0.5, waitsFor: null })
  letters.printer.end({ kind: 'PRINTED' })
  await done
  expect(await letters.delivery(id)).toMatchObject({ state: 'DELIVERED', lastError: null, copy: 1 })
  expect(letters.printer.orders).toHaveLength(1)
})

test('the server stops while a letter waits for paper: it is taken back, and nobody claims to know', async () => {
  const id = await queuePin()
  const done = worker.drain()
  await letters.printer.arrived()
  await worker.stop()
  await done
  expect((await letters.delivery(id)).state).toBe('UNCERTAIN')
})

test.each([
  ['the PIN was changed', 'PIN'],
  ['the device was terminated', 'TERMINATED'],
  ['the device was lost', 'LOST'],
  ['the card was recycled', 'RECYCLED'],
] as const)('N-5: %s before delivery: the letter is withdrawn, and nothing is printed', async (_, how) => {
  const [pin, puk] = await (async () => {
    await letters.queue({ pin: 'PRINT', puk: 'PRINT' })
    const list = await letters.list()
    return [list.find(d => d.kind === 'pin')?.id ?? '', list.find(d => d.kind === 'puk')?.id ?? '']
  })()
  letters.printer.says = { state: 'FAULT', faults: [fault('NO_CARD')], twoSided: false }
  await worker.drain()
  await letters.change(async (tx, device) => {
    if (how === 'PIN') await tx.secrets.wipe(device.id, 'PIN')
    if (how === 'TERMINATED') await tx.devices.save({ ...device, state: 'TERMINATED' })
    if (how === 'LOST') await tx.devices.save({ ...device, state: 'INVALID', reason: 'LOST' })
    if (how === 'RECYCLED') await tx.devices.save({ ...device, state: 'AVAILABLE', reason: 'RECYCLE', userId: null })
  })
  expect(await letters.delivery(pin)).toMatchObject({ state: 'WITHDRAWN' })
  expect((await letters.delivery(puk)).state).toBe(how === 'PIN' ? 'WAITING' : 'WITHDRAWN')
  letters.printer.says = { state: 'READY', faults: [], twoSided: false }
  letters.time.now += HOUR
  if (how === 'PIN') await drain({ kind: 'PRINTED' })
  else await worker.drain()
  expect(letters.printer.orders).toHaveLength(how === 'PIN' ? 1 : 0)
  expect(await repeat(pin)).toMatchObject({ ok: false, code: 'DELIVERY_GONE' })
})

test('a letter that waits in the printer is taken back when the PIN was changed meanwhile', async () => {
  const id = await queuePin()
  const done = worker.drain()
  await letters.printer.arrived()
  await letters.change((tx, device) => tx.secrets.wipe(device.id, 'PIN'))
  await done
  expect(await letters.delivery(id)).toMatchObject({ state: 'WITHDRAWN' })
  expect(await letters.audited()).toEqual([])
})

test('of two operators who repeat at the same moment one queues it', async () => {
  const id = await queuePin()
  await drain(failed('UNKNOWN_OUTCOME', true))
  const seen = await letters.delivery(id)
  const results = await Promise.all([1, 2].map(() => queueAgain(letters.db, seen, letters.time.now + HOUR)))
  expect(results.sort()).toEqual([false, true])
})

test('N-5: no copy of the PIN is stored with a delivery, and its row names it nowhere', async () => {
  await queuePin()
  const rows = JSON.stringify([
    await letters.db.selectFrom('deliveries').selectAll().execute(),
    await letters.db.selectFrom('outbox').selectAll().execute(),
  ])
  expect(rows).not.toContain(PIN)
  expect((await letters.list()).map(d => d.sealed)).toEqual([null])
})
