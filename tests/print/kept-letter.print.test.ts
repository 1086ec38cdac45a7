import { createNetworkPrinter } from '@cardwright/adapters/printer'
import { sampleCardPdf } from '@cardwright/adapters/testing/printer'
import type { PrintOrder, PrintProgress } from '@cardwright/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningCups, startCups } from './cups.ts'
import { A4 } from './ppd.ts'

const LETTERS = 'letters'

let cups: RunningCups
let pdf: Uint8Array
beforeAll(async () => {
  cups = await startCups([{ name: LETTERS, sizes: [A4], twoSided: true }], [], 'AS_INSTALLED')
  pdf = await sampleCardPdf('284917')
})
afterAll(() => cups?.close())

const print = (own: Partial<PrintOrder>, watch: (progress: PrintProgress) => void = () => {}, cancel?: AbortSignal) => {
  const printer = createNetworkPrinter({ uri: cups.uri(LETTERS), limits: { pollMs: 50 } })
  const order: PrintOrder = { jobName: 'Letter', media: 'A4', pdf, pictures: [], twoSided: false, ...own }
  return printer.print(order, watch, cancel)
}

test('N-5: a CUPS that keeps what it printed has nothing left of a letter, whether it came out or was taken back', async () => {
  expect(await print({ confidential: true })).toEqual({ kind: 'PRINTED' })
  expect(cups.documents()).toEqual([])
  const cancel = new AbortController()
  cups.tray(LETTERS).setHold(true)
  const begun = ({ progress }: PrintProgress) => progress >= 0.2 && cancel.abort()
  expect(await print({ confidential: true }, begun, cancel.signal)).toEqual({ kind: 'CANCELLED' })
  expect(cups.documents()).toEqual([])
  cups.tray(LETTERS).setHold(false)
  // Everything else is kept, for whoever looks after the queue.
  expect(await print({ jobName: 'card' })).toEqual({ kind: 'PRINTED' })
  expect(cups.documents()).toHaveLength(1)
})
