import type { FromFarPrinters, ToFarPrinters } from '@cardwright/contract'
import type { FarOrder, FarPrinters } from '@cardwright/relay'
import { CHUNK_LENGTH } from '@cardwright/relay'
import { expect, test } from 'vitest'
import { startHost } from './page.fixture.ts'

type Queue = Extract<FromFarPrinters, { type: 'printers' }>['printers'][number]

const JOB = '0b6f2a3e-5d0c-4b8f-9a51-6c2f1d7e8a90'
const queue: Queue = { queue: 'primacy', name: 'Evolis Primacy 2', state: 'READY', faults: [], twoSided: true }
/** Longer than a part, so that it travels in several. */
const pdf = Buffer.alloc(CHUNK_LENGTH, 'a')
const picture = Buffer.from('picture')
const order: Extract<ToFarPrinters, { type: 'print' }> = {
  type: 'print',
  job: JOB,
  queue: 'primacy',
  jobName: 'card 4711',
  media: 'CR80',
  pdf: pdf.toString('base64'),
  pictures: [picture.toString('base64')],
  twoSided: false,
}

/** A page that is welcome, at a workstation with a printer that prints until it is told how it ends. */
const desk = async () => {
  const orders: FarOrder[] = []
  const ending = Promise.withResolvers<Awaited<ReturnType<FarPrinters['print']>>>()
  const printers: FarPrinters = {
    list: async () => [queue],
    print: (arrived, watch, cancelled) => {
      orders.push(arrived)
      watch({ progress: 0.5, waitsFor: null })
      cancelled.addEventListener('abort', () => ending.resolve({ kind: 'CANCELLED' }))
      return ending.promise
    },
  }
  const host = startHost({ printers })
  host.page.introduce()
  return { ...host, orders, end: ending.resolve, welcome: await host.page.next('welcome') }
}

test('the page is told the local queues, and the server asks for them over the relay', async () => {
  const { page, welcome } = await desk()
  expect(welcome).toMatchObject({ printersSupported: true, printers: [{ id: 'primacy', name: 'Evolis Primacy 2' }] })
  page.relay({ type: 'list-printers', message: 7 })
  expect(await page.nextRelayed('printers')).toEqual({ type: 'printers', message: 7, printers: [queue] })
})

test('a document that travels in parts is printed whole, with its progress and its end', async () => {
  const { page, orders, end } = await desk()
  page.relay(order)
  expect(await page.nextRelayed('print-progress')).toEqual({
    type: 'print-progress',
    job: JOB,
    progress: 0.5,
    waitsFor: null,
  })
  end({ kind: 'PRINTED' })
  expect(await page.nextRelayed('print-ended')).toEqual({ type: 'print-ended', job: JOB, outcome: { kind: 'PRINTED' } })
  expect(orders).toHaveLength(1)
  expect(Buffer.from(orders[0]?.pdf ?? []).equals(pdf)).toBe(true)
  expect(Buffer.from(orders[0]?.pictures[0] ?? []).equals(picture)).toBe(true)
})

test('what is sent twice is printed once, and what is cancelled is taken back', async () => {
  const { page, orders } = await desk()
  page.relay(order)
  await page.nextRelayed('print-progress')
  page.relay(order)
  expect(await page.nextRelayed('print-ended')).toMatchObject({
    outcome: { kind: 'FAILED', fault: { code: 'JOB_REFUSED' }, paperMayHaveMoved: false },
  })
  page.relay({ type: 'cancel-print', job: JOB })
  expect(await page.nextRelayed('print-ended')).toMatchObject({ outcome: { kind: 'CANCELLED' } })
  expect(orders).toHaveLength(1)
})

test('P-1: where a system has no printers that could be used, the page is told so, and an order is refused', async () => {
  const { page } = startHost({ printers: null })
  page.introduce()
  expect(await page.next('welcome')).toMatchObject({ printersSupported: false, printers: [] })
  page.relay(order)
  expect(await page.nextRelayed('print-ended')).toMatchObject({
    outcome: { kind: 'FAILED', fault: { code: 'JOB_REFUSED' }, paperMayHaveMoved: false },
  })
})
