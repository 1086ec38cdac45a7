import { createFakePrinter } from '@cardwright/adapters/testing/printer'
import type { Printer } from '@cardwright/core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createCardPrinters, type KnownPrinter, type PrintsAt, type WorkstationQueues } from './card-printers.ts'
import type { ReachedPrinter, SitePrinters } from './site-printers.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const silent: Printer = { ...createFakePrinter(), status: () => new Promise(() => {}) }
const site = (name: string, printer: Printer, ...groups: string[]): ReachedPrinter => ({
  stored: {
    ...{ id: `id-${name}`, version: 1, name, uri: 'ipp://p', purpose: 'CARD', caCertificates: '' },
    groups: groups.map(id => ({ id, name: id })),
  },
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
const nobody: PrintsAt = { workstation: { list: async () => [] }, scope: 'ALL' }
const queue: WorkstationQueues = {
  list: async () => [
    {
      queue: 'q',
      name: 'Evolis',
      status: { state: 'BUSY', faults: [], twoSided: false },
      printer: createFakePrinter(),
    },
  ],
}

const withQueue: PrintsAt = { workstation: queue, scope: 'ALL' }

test('P-7: a workstation or printer that says nothing hides no other, and is OFFLINE itself', async () => {
  const printers = createCardPrinters(sites(site('Deaf', silent), site('Hall', createFakePrinter())), [virtual])
  const asked = printers.list({ ...nobody, workstation: { list: () => Promise.reject(new Error('not in time')) } }, [])
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

test('P-1, P-2: a printer of other sites is neither offered nor found; one of no site is there for everybody', async () => {
  const fake = createFakePrinter()
  const printers = createCardPrinters(
    sites(site('North', fake, 'north', 'middle'), site('South', fake, 'south'), site('Hall', fake)),
    [virtual],
  )
  const of = (...groupIds: string[]): PrintsAt => ({ ...nobody, scope: { groupIds } })
  const offered = async (who: PrintsAt) => (await printers.list(who, [])).map(printer => printer.name)
  expect(await offered(of('middle'))).toEqual(['North', 'Hall', 'Virtual'])
  expect(await offered(of())).toEqual(['Hall', 'Virtual'])
  expect(await offered(nobody)).toEqual(['North', 'South', 'Hall', 'Virtual'])
  expect(await printers.find(of('middle'), 'server:id-South')).toBeNull()
  expect(await printers.find(of('middle'), 'server:id-North')).toMatchObject({ name: 'North' })
})
