import type { Printer, PrinterFaultCode, PrintOrder, PrintProgress } from '@cardwright/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleCardPdf } from './sample-card.ts'

/** A job of this name stays in the middle of being printed until it is taken back or the printer is gone. */
export const NEVER_ENDS = 'never-ends'

export type PrinterUnderTest = {
  /** With short limits: a printer that is gone is noticed within a second or two. */
  readonly printer: Printer
  /** The names of the jobs whose cards came out, in order. */
  arrived(): Promise<readonly string[]>
  setFault(code: ContractFault | null): Promise<void>
  /** Of a fault while nothing is printed; WARNING: the printer complains, but takes jobs. ERROR if it is left out. */
  readonly idleSeverity?: 'WARNING' | 'ERROR'
  /** Gone in the middle of whatever it does. */
  vanish(): Promise<void>
  comeBack(): Promise<void>
  close(): Promise<void>
}

export type ContractFault = Extract<
  PrinterFaultCode,
  'NO_CARD' | 'RIBBON_EMPTY' | 'COVER_OPEN' | 'MEDIA_JAM' | 'OUTPUT_FULL'
>

/** What printers say in `printer-state-reasons` (RFC 8011 §5.4.12, PWG 5100.9). */
export const KEYWORDS: Readonly<Record<ContractFault, string>> = {
  NO_CARD: 'media-empty-error',
  RIBBON_EMPTY: 'marker-supply-empty-error',
  COVER_OPEN: 'cover-open-error',
  MEDIA_JAM: 'media-jam-error',
  OUTPUT_FULL: 'output-area-full-error',
}

/** What every implementation of the core's Printer port must do; it prints CR80 on both sides. */
export function printerContract(name: string, open: () => Promise<PrinterUnderTest>): void {
  describe(`Printer: ${name}`, () => {
    let it: PrinterUnderTest
    let pdf: Uint8Array
    beforeAll(async () => {
      it = await open()
      pdf = await sampleCardPdf('front', 'back')
    })
    afterAll(() => it?.close())

    const order = (jobName: string): PrintOrder => ({ jobName, media: 'CR80', pdf, pictures: [], twoSided: true })

    /** A job under way; `reaches` resolves when its progress is such. */
    const start = (jobName: string, cancelled?: AbortSignal) => {
      const seen: PrintProgress[] = []
      const waits: { until: (one: PrintProgress) => boolean; tell: () => void }[] = []
      const outcome = it.printer.print(
        order(jobName),
        one => {
          seen.push(one)
          for (const { until, tell } of waits) if (until(one)) tell()
        },
        cancelled,
      )
      const reaches = (until: (one: PrintProgress) => boolean) =>
        seen.some(until) ? Promise.resolve() : new Promise<void>(tell => waits.push({ until, tell }))
      return { seen, outcome, reaches }
    }
    const times = async (jobName: string) => (await it.arrived()).filter(one => one === jobName).length

    test('P-3: without a fault it is ready, and prints both sides', async () => {
      expect(await it.printer.status()).toEqual({ state: 'READY', faults: [], twoSided: true })
    })

    test('P-4: what is printed comes out once, and progress only rises', async () => {
      const job = start('first')
      expect(await job.outcome).toEqual({ kind: 'PRINTED' })
      expect(await times('first')).toBe(1)
      const progress = job.seen.map(one => one.progress)
      expect(progress).toEqual([...progress].sort((a, b) => a - b))
      expect(progress.at(0)).toBeLessThan(0.5)
      expect(progress.at(-1)).toBe(1)
    })

    test('orders given at once all come out', async () => {
      const outcomes = await Promise.all(['one', 'two', 'three'].map(one => start(one).outcome))
      expect(outcomes).toEqual([{ kind: 'PRINTED' }, { kind: 'PRINTED' }, { kind: 'PRINTED' }])
      expect((await it.arrived()).slice(-3).sort()).toEqual(['one', 'three', 'two'])
    })

    test.each(Object.keys(KEYWORDS) as ContractFault[])('P-7: %s is shown, and gone when it is mended', async code => {
      await it.setFault(code)
      const { state, faults } = await it.printer.status()
      const severity = it.idleSeverity ?? 'ERROR'
      expect(state).toBe(severity === 'ERROR' ? 'FAULT' : 'READY')
      expect(faults).toContainEqual({ code, severity, keyword: expect.any(String) })
      await it.setFault(null)
      expect(await it.printer.status()).toMatchObject({ state: 'READY', faults: [] })
    })

    test('P-7: a job waits for a card, says so, and goes on when there is one', async () => {
      await it.setFault('NO_CARD')
      const job = start('patient')
      await job.reaches(one => one.waitsFor?.code === 'NO_CARD')
      expect(await times('patient')).toBe(0)
      await it.setFault(null)
      expect(await job.outcome).toEqual({ kind: 'PRINTED' })
      expect(await times('patient')).toBe(1)
    })

    test('P-5: an order taken back before it begins is never sent', async () => {
      expect(await start('unwanted', AbortSignal.abort()).outcome).toEqual({ kind: 'CANCELLED' })
      expect(await times('unwanted')).toBe(0)
    })

    test('P-5: an order that waits for a card can be taken back; the next one is printed', async () => {
      await it.setFault('NO_CARD')
      const cancel = new AbortController()
      const job = start('given up', cancel.signal)
      await job.reaches(one => one.waitsFor !== null)
      cancel.abort()
      expect(await job.outcome).toEqual({ kind: 'CANCELLED' })
      await it.setFault(null)
      expect(await start('after it').outcome).toEqual({ kind: 'PRINTED' })
      expect(await times('given up')).toBe(0)
    })

    test('P-5: an order can be taken back in the middle; the next one is printed', async () => {
      const cancel = new AbortController()
      const job = start(NEVER_ENDS, cancel.signal)
      await job.reaches(one => one.progress >= 0.2)
      cancel.abort()
      expect(await job.outcome).toEqual({ kind: 'CANCELLED' })
      expect(await start('after that').outcome).toEqual({ kind: 'PRINTED' })
      expect(await times(NEVER_ENDS)).toBe(0)
    })

    test('P-7: a printer that vanishes in the middle: somebody has to look, and nothing is printed later', async () => {
      const job = start(NEVER_ENDS)
      await job.reaches(one => one.progress >= 0.2)
      await it.vanish()
      expect(await job.outcome).toMatchObject({
        kind: 'FAILED',
        fault: { code: 'UNKNOWN_OUTCOME', severity: 'ERROR' },
        paperMayHaveMoved: true,
      })
      const before = await it.arrived()
      await it.comeBack()
      // One that goes on with what it had not ended is told that nobody wants it any more.
      await expect.poll(it.printer.status, { timeout: 5000 }).toMatchObject({ state: 'READY' })
      expect(await it.arrived()).toEqual(before)
    })

    test('P-7: a printer that is not there is offline; nothing moved, and nothing of it is printed when it is back', async () => {
      await it.vanish()
      expect(await it.printer.status()).toMatchObject({
        state: 'FAULT',
        faults: [{ code: 'OFFLINE', severity: 'ERROR' }],
      })
      expect(await start('too early').outcome).toMatchObject({
        kind: 'FAILED',
        fault: { code: 'OFFLINE' },
        paperMayHaveMoved: false,
      })
      await it.comeBack()
      expect(await start('in time').outcome).toEqual({ kind: 'PRINTED' })
      expect(await times('too early')).toBe(0)
    })
  })
}
