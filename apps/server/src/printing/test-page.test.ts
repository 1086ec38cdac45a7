import { createCardRenderer } from '@cardwright/adapters/card-image'
import type { Db, StoredPrinter } from '@cardwright/adapters/db'
import { createMemoryStore } from '@cardwright/adapters/testing'
import { createFakePrinter } from '@cardwright/adapters/testing/printer'
import { expect, test } from 'vitest'
import { printTestPage } from './test-page.ts'

const store = createMemoryStore()
const logged: unknown[] = []
const ports = {
  db: {} as Db,
  store,
  renderer: createCardRenderer(),
  clock: () => Date.UTC(2026, 0, 5),
  random: (length: number) => new Uint8Array(length),
  log: { error: (about: unknown) => void logged.push(about) },
}
const actor = { kind: 'operator', id: 'op-1', label: 'Olga Officer' } as const
const newestRecord = () => store.auditTrail().at(-1)
const stored: StoredPrinter = {
  ...{ id: 'p', version: 1, name: 'Hall {north}', uri: 'ipp://p', caCertificates: '', groups: [] },
  purpose: 'CARD',
}

test('a test card that waits for cards is taken back after a while, and what it waited for is told', async () => {
  const printer = createFakePrinter()
  const waitsFor = { code: 'NO_CARD', severity: 'ERROR', keyword: 'media-empty' } as const
  const asked = printTestPage(ports, { stored, printer }, actor, 20)
  await printer.arrived()
  printer.tell({ progress: 0.1, waitsFor })
  expect(await asked).toEqual({ printed: false, fault: waitsFor })
  expect(printer.orders).toMatchObject([{ jobName: 'test card', media: 'CR80', twoSided: false }])
  expect(newestRecord()).toMatchObject({
    action: 'print.tested',
    actor,
    object: { type: 'printer', id: 'p', label: stored.name },
    result: 'FAILURE',
    reason: 'NO_CARD',
  })
})

test('nothing is sent to a printer that says it does not print', async () => {
  const printer = createFakePrinter()
  const fault = { code: 'RIBBON_EMPTY', severity: 'ERROR', keyword: 'marker-supply-empty' } as const
  printer.says = { state: 'FAULT', faults: [fault], twoSided: true }
  expect(await printTestPage(ports, { stored, printer }, actor)).toEqual({ printed: false, fault })
  expect(printer.orders).toEqual([])
  expect(newestRecord()).toMatchObject({ action: 'print.tested', result: 'FAILURE', reason: 'RIBBON_EMPTY' })
})

test('what a printer’s software throws is in the log, and that a card may have been taken in the audit', async () => {
  const printer = createFakePrinter()
  const asked = printTestPage(ports, { stored, printer }, actor)
  await printer.arrived()
  printer.end(new Error('broken pipe'))
  expect(await asked).toMatchObject({ printed: false, fault: { code: 'UNKNOWN_OUTCOME' } })
  expect(logged).toMatchObject([{ err: { message: 'broken pipe' }, printer: 'p' }])
  expect(newestRecord()).toMatchObject({ action: 'print.tested', result: 'FAILURE', reason: 'UNKNOWN_OUTCOME' })
})
