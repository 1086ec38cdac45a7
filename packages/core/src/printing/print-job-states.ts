import { accept, type Outcome, refuse } from '../outcome/refusal.ts'
import type { PrintFault, PrintJob, PrintJobState } from './print-job.ts'

export type PrintJobEvent = 'send' | 'print' | 'fail' | 'cancel'

export type PrintJobTransition = {
  readonly event: PrintJobEvent
  readonly from: readonly PrintJobState[]
  readonly to: PrintJobState
  readonly says: string
}

/**
 * The state machine of a print as a table; docs/states.md is generated from it. No event of it is one of a device: a card
 * that was encoded is not lost by a printer (P-7), and becomes active by activation alone (P-5).
 */
export const printJobTransitions: readonly PrintJobTransition[] = [
  { event: 'send', from: ['QUEUED'], to: 'PRINTING', says: 'The card is drawn and goes to the printer, once' },
  { event: 'print', from: ['PRINTING'], to: 'PRINTED', says: 'The printer says that it is printed' },
  {
    event: 'fail',
    from: ['QUEUED', 'PRINTING'],
    to: 'FAILED',
    says: 'It could not be drawn or printed, or nobody knows how it ended; printing anew is another job',
  },
  { event: 'cancel', from: ['QUEUED', 'PRINTING'], to: 'CANCELLED', says: 'Taken back before it was printed' },
]

/** The job after the event, its version unchanged (the store raises it), or a refusal that names the state. */
export const changePrintJob = (
  job: PrintJob,
  event: PrintJobEvent,
  at: number,
  fault: PrintFault | null = null,
): Outcome<PrintJob> => {
  const row = printJobTransitions.find(t => t.event === event && t.from.includes(job.state))
  if (!row) return refuse('PRINT_ENDED', { state: job.state })
  const ended = { lease: null, endedAt: at, fault }
  return accept({ ...job, state: row.to, ...(row.to === 'PRINTING' ? {} : ended) })
}
