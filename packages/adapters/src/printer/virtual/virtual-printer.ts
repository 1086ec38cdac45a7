import type { Printer, PrinterFault, PrinterFaultCode, PrinterStatus, PrintOrder, PrintOutcome } from '@cardwright/core'

/** What came out of it. */
export type PrintedOrder = Pick<PrintOrder, 'jobName' | 'media' | 'pdf' | 'pictures' | 'twoSided'>

export type VirtualPrinterOptions = {
  /** One side takes this long, in ms; 0 in tests. */
  readonly sideMs?: number
  readonly twoSided?: boolean
  /** How many of the last cards `printed` keeps. */
  readonly keep?: number
  readonly onPrinted?: (printed: PrintedOrder) => void
}

/** What a person can do to a card printer: leave it without cards or ribbon, open it, switch it off. */
export type StandingFault = Extract<
  PrinterFaultCode,
  'OFFLINE' | 'STOPPED' | 'NO_CARD' | 'RIBBON_EMPTY' | 'COVER_OPEN' | 'OUTPUT_FULL' | 'MEDIA_JAM'
>

export type VirtualPrinter = Printer & {
  /** The last ones, the newest at the end. */
  readonly printed: readonly PrintedOrder[]
  /** Until it is null again; a job that runs waits meanwhile, one whose printer goes OFFLINE is lost. */
  setFault(code: StandingFault | null): void
  /** The next job ends in the middle: the card is jammed, or the printer is gone and offline from then on. */
  breakNext(how: 'JAM' | 'VANISH'): void
}

const KEYWORDS: Record<StandingFault, string> = {
  OFFLINE: 'offline',
  STOPPED: 'paused',
  NO_CARD: 'media-empty-error',
  RIBBON_EMPTY: 'marker-print-ribbon-empty-error',
  COVER_OPEN: 'cover-open-error',
  OUTPUT_FULL: 'output-area-full-error',
  MEDIA_JAM: 'media-jam-error',
}

const faultOf = (code: StandingFault): PrinterFault => ({ code, severity: 'ERROR', keyword: KEYWORDS[code] })
const failed = (fault: PrinterFault, paperMayHaveMoved: boolean): PrintOutcome => ({
  kind: 'FAILED',
  fault,
  paperMayHaveMoved,
})
const vanished: PrinterFault = { code: 'UNKNOWN_OUTCOME', severity: 'ERROR', keyword: 'offline' }

const PDF = Buffer.from('%PDF-')
const SIDE_MS = 900
const KEEP = 20
/** A side goes through the printer in as many steps, so that the bar moves. */
const STEPS = 4

/** A card printer of no metal: prints into memory, one order after another, and breaks down on demand. */
export const createVirtualPrinter = (options: VirtualPrinterOptions = {}): VirtualPrinter => {
  const { sideMs = SIDE_MS, twoSided = true, keep = KEEP, onPrinted } = options
  const printed: PrintedOrder[] = []
  const sleepers = new Set<() => void>()
  let fault: PrinterFault | null = null
  let breaks: 'JAM' | 'VANISH' | null = null
  let running = 0
  let turn: Promise<unknown> = Promise.resolve()

  const setFault = (code: StandingFault | null) => {
    fault = code && faultOf(code)
    for (const wake of [...sleepers]) wake()
  }

  /** Until the time is over (`null` = without end), something has changed at the printer, or the order is taken back. */
  const rest = (ms: number | null, cancelled: AbortSignal | undefined) =>
    new Promise<void>(resolve => {
      const wake = () => {
        clearTimeout(timer)
        sleepers.delete(wake)
        cancelled?.removeEventListener('abort', wake)
        resolve()
      }
      const timer = ms === null ? undefined : setTimeout(wake, ms)
      sleepers.add(wake)
      cancelled?.addEventListener('abort', wake)
      if (cancelled?.aborted) wake()
    })

  const run: Printer['print'] = async (order, watch, cancelled) => {
    if (cancelled?.aborted) return { kind: 'CANCELLED' }
    if (!Buffer.from(order.pdf).subarray(0, PDF.length).equals(PDF))
      return failed({ code: 'FORMAT_NOT_SUPPORTED', severity: 'ERROR', keyword: 'document-format-error' }, false)
    if (order.twoSided && !twoSided)
      return failed({ code: 'JOB_REFUSED', severity: 'ERROR', keyword: 'sides-supported: one-sided' }, false)
    const steps = STEPS * Math.max(1, order.pictures.length)
    for (let step = 0; step < steps; step++) {
      watch({ progress: step / steps, waitsFor: fault })
      while (fault && fault.code !== 'OFFLINE' && !cancelled?.aborted) {
        watch({ progress: step / steps, waitsFor: fault })
        await rest(null, cancelled)
      }
      if (cancelled?.aborted) return { kind: 'CANCELLED' }
      if (step === steps / 2 && breaks) {
        const how = breaks
        breaks = null
        setFault(how === 'JAM' ? 'MEDIA_JAM' : 'OFFLINE')
        if (how === 'JAM') return failed(faultOf('MEDIA_JAM'), true)
      }
      if (fault) return step === 0 ? failed(faultOf('OFFLINE'), false) : failed(vanished, true)
      await rest(sideMs / STEPS, cancelled)
    }
    const { jobName, media, pdf, pictures } = order
    const out = { jobName, media, pdf, pictures, twoSided: order.twoSided }
    printed.push(out)
    printed.splice(0, printed.length - keep)
    onPrinted?.(out)
    watch({ progress: 1, waitsFor: null })
    return { kind: 'PRINTED' }
  }

  return {
    printed,
    setFault,
    breakNext: how => {
      breaks = how
    },
    async status(): Promise<PrinterStatus> {
      const state = fault ? 'FAULT' : running > 0 ? 'BUSY' : 'READY'
      return { state, faults: fault ? [fault] : [], twoSided }
    },
    print(order, watch, cancelled) {
      running++
      const mine = turn.then(() => run(order, watch, cancelled)).finally(() => running--)
      turn = mine.catch(() => {})
      return mine
    },
  }
}
