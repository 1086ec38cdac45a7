import type { FromFarPrinters, ToFarPrinters } from '@cardwright/contract'
import type { PrintOrder } from '@cardwright/core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRelayPrinters } from './relay-printers.ts'

const order: PrintOrder = {
  jobName: 'card 4711',
  media: 'CR80',
  pdf: Buffer.from('%PDF-1.7'),
  pictures: [Buffer.from('front')],
  twoSided: false,
}
const queue: Extract<FromFarPrinters, { type: 'printers' }>['printers'][number] = {
  queue: 'q',
  name: 'Primacy',
  state: 'READY',
  faults: [],
  twoSided: true,
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A workstation whose every answer the test gives. */
const start = () => {
  const sent: ToFarPrinters[] = []
  const printers = createRelayPrinters(message => sent.push(message))
  const answer = (message: FromFarPrinters) => printers.receive(message)
  const listed = async () => {
    const list = printers.list()
    const asked = sent.at(-1)
    if (asked?.type !== 'list-printers') throw new Error('nothing was asked')
    answer({ type: 'printers', message: asked.message, printers: [queue] })
    const [found] = await list
    if (!found) throw new Error('no queue')
    return found
  }
  const printing = async (cancelled?: AbortSignal) => {
    const { printer } = await listed()
    const told: number[] = []
    const outcome = printer.print(order, ({ progress }) => told.push(progress), cancelled)
    const job = sent.flatMap(message => (message.type === 'print' ? message.job : [])).at(-1) ?? ''
    return { outcome, told, job }
  }
  return { printers, sent, answer, listed, printing }
}

test('P-2: a queue is known by what the workstation says, and prints what it is given', async () => {
  const { sent, answer, printing, listed, printers } = start()
  expect(await listed()).toMatchObject({ queue: 'q', name: 'Primacy', status: { state: 'READY', twoSided: true } })
  const { outcome, told, job } = await printing()
  expect(sent.at(-1)).toMatchObject({ type: 'print', queue: 'q', pdf: Buffer.from('%PDF-1.7').toString('base64') })
  expect(printers.isPrinting()).toBe(true)
  answer({ type: 'print-progress', job, progress: 0.5, waitsFor: null })
  answer({ type: 'print-ended', job, outcome: { kind: 'PRINTED' } })
  expect([await outcome, told]).toEqual([{ kind: 'PRINTED' }, [0.5]])
  expect(printers.isPrinting()).toBe(false)
})

test('P-7: a workstation that vanishes in the middle leaves it open whether it printed; nothing is sent to it then', async () => {
  const { printers, sent, printing, listed } = start()
  const { printer } = await listed()
  const { outcome } = await printing()
  printers.lose()
  expect(await outcome).toMatchObject({ kind: 'FAILED', fault: { code: 'UNKNOWN_OUTCOME' }, paperMayHaveMoved: true })
  const before = sent.length
  expect(await printer.print(order, () => {})).toMatchObject({ fault: { code: 'OFFLINE' }, paperMayHaveMoved: false })
  expect(await printer.status()).toMatchObject({ state: 'FAULT', faults: [{ code: 'OFFLINE' }] })
  await expect(printers.list()).rejects.toThrow()
  expect(sent).toHaveLength(before)
})

test('P-7: a workstation that says nothing is not waited for without end; one that waits for cards is', async () => {
  const { printers, answer, printing } = start()
  const asked = expect(printers.list()).rejects.toThrow('in time')
  await vi.advanceTimersByTimeAsync(8000)
  await asked
  const { outcome, job } = await printing()
  await vi.advanceTimersByTimeAsync(14 * 60_000)
  answer({ type: 'print-progress', job, progress: 0, waitsFor: { code: 'NO_CARD', severity: 'ERROR', keyword: '' } })
  await vi.advanceTimersByTimeAsync(14 * 60_000)
  expect(printers.isPrinting()).toBe(true)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await outcome).toMatchObject({ fault: { code: 'UNKNOWN_OUTCOME' }, paperMayHaveMoved: true })
})

test('P-5: cancelled, the workstation is told, and its word is what counts', async () => {
  const { sent, answer, printing } = start()
  const stop = new AbortController()
  const { outcome, job } = await printing(stop.signal)
  stop.abort()
  expect(sent.at(-1)).toEqual({ type: 'cancel-print', job })
  answer({ type: 'print-ended', job, outcome: { kind: 'PRINTED' } })
  expect(await outcome).toEqual({ kind: 'PRINTED' })
})

test('P-7: what belongs to no job is nobody’s', async () => {
  const { answer, printing } = start()
  const { outcome, told, job } = await printing()
  answer({ type: 'print-ended', job: '0b6f2a3e-5d0c-4b8f-9a51-6c2f1d7e8a90', outcome: { kind: 'PRINTED' } })
  answer({ type: 'print-ended', job, outcome: { kind: 'CANCELLED' } })
  expect([await outcome, told]).toEqual([{ kind: 'CANCELLED' }, []])
})
