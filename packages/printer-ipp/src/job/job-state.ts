import { type IppAttributes, numbers, strings } from '../message/message.ts'
import { errorFault, failed, type PrinterFault, type PrintOutcome } from '../printer.ts'

/** What `readJob` reads (RFC 8011 §5.3, PWG 5100.13 for the UUID). */
export const JOB_ATTRIBUTES = [
  'job-state',
  'job-state-reasons',
  'job-impressions',
  'job-impressions-completed',
  'job-media-sheets-completed',
  'job-uuid',
  'time-at-processing',
] as const

/** RFC 8011 §5.3.7. */
const PENDING = 3
const PENDING_HELD = 4
const PROCESSING = 5
const PROCESSING_STOPPED = 6
const CANCELED = 7
const ABORTED = 8
const COMPLETED = 9

export type JobState = {
  readonly ended: 'COMPLETED' | 'CANCELED' | 'ABORTED' | null
  readonly processing: boolean
  readonly stopped: boolean
  /** In the queue. */
  readonly pending: boolean
  /** False only where the printer has never begun: nothing can have come out. */
  readonly begun: boolean
  /** The printer still waits for the rest of the document. */
  readonly incomplete: boolean
  readonly impressions: number | null
  readonly impressionsCompleted: number
  readonly uuid: string | null
  readonly reasons: readonly string[]
}

export const readJob = (attributes: IppAttributes): JobState => {
  const state = numbers(attributes, 'job-state')[0]
  const reasons = strings(attributes, 'job-state-reasons').filter(reason => reason !== 'none')
  const number = (name: string): number | null => numbers(attributes, name)[0] ?? null
  const impressionsCompleted = number('job-impressions-completed') ?? 0
  const never = attributes.get('time-at-processing')?.[0] === null
  return {
    ended: state === COMPLETED ? 'COMPLETED' : state === CANCELED ? 'CANCELED' : state === ABORTED ? 'ABORTED' : null,
    processing: state === PROCESSING,
    stopped: state === PROCESSING_STOPPED,
    pending: state === PENDING || state === PENDING_HELD,
    // RFC 8011 §5.3.14.2: `no-value` until it is processed. A printer that leaves it out does not say so.
    begun: !never || impressionsCompleted > 0 || (number('job-media-sheets-completed') ?? 0) > 0,
    incomplete: reasons.includes('job-incoming') || reasons.includes('job-data-insufficient'),
    impressions: number('job-impressions'),
    impressionsCompleted,
    uuid: strings(attributes, 'job-uuid')[0] ?? null,
    reasons,
  }
}

const BAD_DOCUMENT = /^(?:unsupported-document-format|document-format-error|document-unprintable-error)$/

/** How a job ended that the printer says has ended. `trouble` = what the printer complained about last. */
export const outcomeOf = (job: JobState, cancelledByUs: boolean, trouble: PrinterFault | null): PrintOutcome => {
  const keyword = job.reasons.join(' ')
  if (job.ended === 'COMPLETED' && !job.reasons.includes('job-completed-with-errors')) return { kind: 'PRINTED' }
  if (job.ended === 'CANCELED' && cancelledByUs) return { kind: 'CANCELLED' }
  const badDocument = job.reasons.find(reason => BAD_DOCUMENT.test(reason))
  const fault = badDocument ? errorFault('FORMAT_NOT_SUPPORTED', badDocument) : trouble
  return failed(fault ?? errorFault('JOB_ABORTED', keyword || `job ${job.ended?.toLowerCase()}`), job.begun)
}
