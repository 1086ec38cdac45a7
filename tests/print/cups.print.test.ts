import { createNetworkPrinter } from '@cardwright/adapters/printer'
import { sampleCardPdf } from '@cardwright/adapters/testing/printer'
import type { PrinterFault, PrintOrder, PrintProgress } from '@cardwright/core'
import { findCupsQueues } from '@cardwright/printer-ipp'
import { afterEach, describe, expect, test } from 'vitest'
import { KEYWORDS, printerContract } from '../../packages/adapters/src/testing/printer/printer-contract.ts'
import { startCups } from './cups.ts'
import { startIppeveprinter } from './ippeveprinter.ts'
import { CR80, type Queue } from './ppd.ts'
import { SERVICE } from './tray.ts'

// A job that is taken back only when its time is over fails its test.
const limits = { answerMs: 2000, pollMs: 50, silenceMs: 500, cancelMs: 5000, jobMs: 60_000 }
const CARDS = 'cards'
const QUEUE: Queue = { name: CARDS, sizes: [CR80], twoSided: true }

printerContract('CUPS', async () => {
  const cups = await startCups([QUEUE], Object.values(KEYWORDS))
  const tray = cups.tray(CARDS)
  const printer = createNetworkPrinter({ uri: cups.uri(CARDS), limits })
  const pdf = await sampleCardPdf('service')
  return {
    printer,
    arrived: async () => tray.names(),
    async setFault(code) {
      tray.setFault(code ? KEYWORDS[code] : '')
      const order: PrintOrder = { jobName: SERVICE, media: 'CR80', pdf, pictures: [], twoSided: false }
      await printer.print(order, () => {})
    },
    vanish: cups.vanish,
    comeBack: cups.comeBack,
    close: cups.close,
  }
})

describe('CUPS', () => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })
  const start = async (own: Partial<Queue> = {}) => {
    const cups = await startCups([{ ...QUEUE, ...own }], [])
    closing.push(cups.close)
    const printer = createNetworkPrinter({ uri: cups.uri(CARDS), limits })
    const pdf = await sampleCardPdf('Front', 'Back')
    /** A job under way; `seen` resolves when it is being printed, `waits` with the first fault that it waits for. */
    const print = (jobName: string, cancelled?: AbortSignal) => {
      const { promise: waits, resolve } = Promise.withResolvers<PrinterFault>()
      const { promise: seen, resolve: see } = Promise.withResolvers<void>()
      const faults: PrinterFault[] = []
      const order: PrintOrder = { jobName, media: 'CR80', pdf, pictures: [], twoSided: true }
      const watch = ({ progress, waitsFor }: PrintProgress) => {
        if (progress >= 0.2) see()
        if (!waitsFor) return
        faults.push(waitsFor)
        resolve(waitsFor)
      }
      return { waits, seen, faults, outcome: printer.print(order, watch, cancelled) }
    }
    return { cups, tray: cups.tray(CARDS), printer, print }
  }

  test('the workstation finds the queue as one for cards', async () => {
    const { cups } = await start()
    const queues = await findCupsQueues({ host: 'localhost', port: cups.port })
    expect(queues).toMatchObject([
      { name: CARDS, info: CARDS, media: ['CR80'], status: { state: 'READY', twoSided: true } },
    ])
    expect(queues[0]?.address.uri).toBe(cups.uri(CARDS))
  })

  test('P-7: a queue that somebody has paused says so; the card is printed when it goes on', async () => {
    const { cups, tray, printer, print } = await start()
    cups.administer(CARDS, 'Pause-Printer')
    expect(await printer.status()).toMatchObject({ state: 'FAULT', faults: [{ code: 'STOPPED', severity: 'ERROR' }] })
    const job = print('card')
    expect(await job.waits).toMatchObject({ code: 'STOPPED' })
    expect(tray.names()).toEqual([])
    cups.administer(CARDS, 'Resume-Printer')
    expect(await job.outcome).toEqual({ kind: 'PRINTED' })
    expect(tray.names()).toEqual(['card'])
  })

  test('P-7: a queue that takes no jobs says so, and gets none', async () => {
    const { cups, tray, printer, print } = await start()
    cups.administer(CARDS, 'CUPS-Reject-Jobs')
    expect(await printer.status()).toMatchObject({ state: 'FAULT', faults: [{ code: 'NOT_ACCEPTING_JOBS' }] })
    const fault = { code: 'NOT_ACCEPTING_JOBS' }
    expect(await print('card').outcome).toMatchObject({ kind: 'FAILED', fault, paperMayHaveMoved: false })
    cups.administer(CARDS, 'CUPS-Accept-Jobs')
    expect(await print('later').outcome).toEqual({ kind: 'PRINTED' })
    expect(tray.names()).toEqual(['later'])
  })

  test.each([
    ['abort-job', 'JOB_ABORTED'],
    ['retry-job', 'JOB_ABORTED'],
    ['stop-printer', 'STOPPED'],
  ] as const)(
    'P-7: a driver gives up in the middle (%s): somebody has to look, and CUPS does not print another card',
    async (errorPolicy, code) => {
      const { cups, tray, print } = await start({ errorPolicy })
      tray.setHold(true)
      const job = print('broken')
      await expect.poll(tray.runs, { timeout: 5000 }).toBe(true)
      await job.seen
      tray.stopJob()
      await expect.poll(tray.runs, { timeout: 5000 }).toBe(false)
      // Another try would succeed.
      tray.setHold(false)
      expect(await job.outcome).toMatchObject({
        kind: 'FAILED',
        fault: { code, severity: 'ERROR' },
        paperMayHaveMoved: true,
      })
      cups.administer(CARDS, 'Resume-Printer')
      expect(await print('next').outcome).toEqual({ kind: 'PRINTED' })
      expect(tray.names()).toEqual(['next'])
    },
  )

  test('P-7: a document that CUPS cannot convert: it is told, nothing comes out, and the job is not left in the queue', async () => {
    const { tray, printer, print } = await start()
    const broken: PrintOrder = {
      jobName: 'broken',
      media: 'CR80',
      pdf: Buffer.from('%PDF-1.7 torn'),
      pictures: [],
      twoSided: true,
    }
    expect(await printer.print(broken, () => {})).toMatchObject({ kind: 'FAILED', fault: { code: 'JOB_ABORTED' } })
    expect(await printer.status()).toMatchObject({ state: 'READY' })
    expect(await print('next').outcome).toEqual({ kind: 'PRINTED' })
    expect(tray.names()).toEqual(['next'])
  })

  test('P-7: a printer behind CUPS that is switched off is offline; the job can be taken back, and is not printed later', async () => {
    const behind = await startIppeveprinter(['application/pdf'], [])
    closing.push(behind.close)
    // Without SNMP: its answer would be waited for, in vain and for seconds.
    const { print } = await start({ device: `${behind.uri}?snmp=false` })
    const first = print('card')
    expect(await first.outcome).toEqual({ kind: 'PRINTED' })
    expect(first.faults).toEqual([])
    await behind.vanish()
    const cancel = new AbortController()
    const job = print('too early', cancel.signal)
    expect(await job.waits).toMatchObject({ code: 'OFFLINE' })
    cancel.abort()
    expect(await job.outcome).toEqual({ kind: 'CANCELLED' })
    await behind.comeBack()
    expect(await print('in time').outcome).toEqual({ kind: 'PRINTED' })
    expect(behind.tray.names()).toEqual(['card', 'in time'])
  })
})
