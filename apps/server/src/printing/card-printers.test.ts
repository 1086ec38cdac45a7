import { createFakePrinter } from '@cardwright/adapters/testing/printer'
import type { Printer } from '@cardwright/core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createCardPrinters, type KnownPrinter, type WorkstationQueues } from './card-printers.ts'
import type { ReachedPrinter, SitePrinters } from './site-printers.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const silent: Printer = { ...createFakePrinter(), status: () => new Promise(() => {}) }
const site = (name: string, printer: Printer): ReachedPrinter => ({
  stored: { id: `id-${name}`, version: 1, name, uri: 'ipp://p', purpose: 'CARD', caCertificates: '', groups: [] },
  printer,
})
const sites = (...printers: ReachedPrinter[]): SitePrinters => ({
  all: async () => printers,
  get: async id => printers.find(({ stored }) => stored.id === id) ?? null,
  letterPrinterFor: async () => null,
})
const virtual: KnownPrinter = {
  id: 'virtual:1',
  name: 'Virtual',
  printer: createFakePrinter(),
  where: 'SERVER',
  virtual: true,
  embeddedReaderId: 'virtual:printer',
}
const nobody: WorkstationQueues = { list: async () => [] }
const withQueue: WorkstationQueues = {
  list: async () => [
    {
      queue: 'q',
      name: 'Evolis',
      status: { state: 'BUSY', faults: [], twoSided: false },
      printer: createFakePrinter(),
    },
  ],
}

test('P-7: a workstation or printer that says nothing hides no other, and is OFFLINE itself', async () => {
  const printers = createCardPrinters(sites(site('Deaf', silent), site('Hall', createFakePrinter())), [virtual])
  const asked = printers.list({ list: () => Promise.reject(new Error('not in time')) }, [])
  await vi.advanceTimersByTimeAsync(3000)
  expect((await asked).map(({ id, state, faults }) => [id, state, faults.map(fault => fault.code)])).toEqual([
    ['server:id-Deaf', 'FAULT', ['OFFLINE']],
    ['server:id-Hall', 'READY', []],
    ['virtual:1', 'READY', []],
  ])
})

test('P-2: the reader inside is told, or guessed among those at the same place; the workstation’s printer comes first', async () => {
  const printers = createCardPrinters(sites(site('Evolis hall', createFakePrinter())), [virtual])
  const readers = [
    { id: 'workstation:s:1', name: 'Evolis Encoder' },
    { id: 'pcsc:1', name: 'ACS ACR39U' },
  ]
  const listed = await printers.list(withQueue, readers)
  expect(listed.map(({ id, state, where, embeddedReaderId }) => [id, state, where, embeddedReaderId])).toEqual([
    ['workstation:q', 'BUSY', 'WORKSTATION', 'workstation:s:1'],
    ['server:id-Evolis hall', 'READY', 'SERVER', null],
    ['virtual:1', 'READY', 'SERVER', 'virtual:printer'],
  ])
})

test('P-2: a queue is found at the own workstation only', async () => {
  const printers = createCardPrinters(sites(), [])
  expect(await printers.find(withQueue, 'workstation:q')).toMatchObject({ name: 'Evolis' })
  expect(await printers.find(nobody, 'workstation:q')).toBeNull()
  expect(await printers.find(nobody, 'server:gone')).toBeNull()
})
