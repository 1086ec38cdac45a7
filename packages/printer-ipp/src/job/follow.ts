import { setTimeout as sleep } from 'node:timers/promises'
import { attribute } from '../message/encode.ts'
import { GROUP, groupOf, OPERATION, succeeded } from '../message/message.ts'
import { errorFault, failed, type PrinterFault, type PrintOutcome, type PrintProgress } from '../printer.ts'
import { readStatus, STATUS_ATTRIBUTES, waitsFor } from '../state.ts'
import { type AskedJob, cancelJob, forgetJob, lookAtJob } from './ask.ts'
import { takeBackLater } from './given-up.ts'
import { type JobState, outcomeOf } from './job-state.ts'

/** What becomes of the document while its job is looked at already; empty while it is under way, and when it has got there. */
export type Delivery = {
  /** The answer to it was lost: the job may wait for the rest for ever. */
  lost?: boolean
  /** The printer did not take it, or never got anything of it. */
  refused?: PrintOutcome
  /** The printer failed over it, perhaps in the middle of printing: the job has to say whether anything came out. */
  broken?: PrinterFault
}

export type FollowedJob = Omit<AskedJob, 'abort'> & {
  /** Where the printer said so when it took the job. */
  readonly uuid: string | null
  /** Pages, where the order knows them. */
  readonly pages: number
  readonly watch: (progress: PrintProgress) => void
  readonly cancelled: AbortSignal | undefined
  /** Whoever sent it ends. */
  readonly closing: AbortSignal | undefined
  /** When it has ended. */
  readonly forget: boolean
  readonly delivery: Delivery
}

/** What the printer complains about, if that keeps it from printing; `idle`: it has nothing to do. */
const askPrinter = async ({
  client,
  limits,
}: FollowedJob): Promise<{ trouble: PrinterFault | null; idle: boolean }> => {
  const reply = await client.ask({
    operation: OPERATION.getPrinterAttributes,
    operationAttributes: [attribute('keyword', 'requested-attributes', ...STATUS_ATTRIBUTES)],
    timeoutMs: limits.answerMs,
  })
  if (reply.kind === 'LOST' || !succeeded(reply.answer.status)) return { trouble: null, idle: false }
  const status = readStatus(groupOf(reply.answer, GROUP.printer))
  return { trouble: waitsFor(status), idle: status.state === 'READY' }
}

/** A printer that has just been mended, and is about to go on, looks the same for a moment. */
const LOOKS_UNTIL_LEFT = 3

const progressOf = (job: JobState, pages: number): number => {
  const all = job.impressions || pages
  const done = all > 0 ? Math.min(1, job.impressionsCompleted / all) : 0
  return job.processing || done > 0 ? 0.2 + 0.7 * done : 0.1
}

const unknown = (reason: string): PrintOutcome => failed(errorFault('UNKNOWN_OUTCOME', reason), true)

/** Looks at a job until it has ended, until its printer has vanished, or until the time is over. */
export const followJob = async (followed: FollowedJob): Promise<PrintOutcome> => {
  const { limits, cancelled, delivery, watch } = followed
  let [seen, deadline] = [performance.now(), performance.now() + limits.jobMs]
  let takenBack: 'CANCELLED' | 'TOO_LONG' | 'BROKEN' | 'INCOMPLETE' | 'BEGINS_ANEW' | 'LEFT' | null = null
  let begun = false
  let left = 0
  let idle = false
  let trouble: PrinterFault | null = null
  let { uuid } = followed
  let progress = 0.1
  const giveUp = (reason: string): PrintOutcome => {
    const { client, id, closing, forget } = followed
    if (uuid) void takeBackLater({ client, id, limits, abort: closing, forget }, uuid)
    return unknown(reason)
  }
  const ended = async (job: JobState, fault: PrinterFault | null): Promise<PrintOutcome> => {
    if (followed.forget) await forgetJob(followed)
    return outcomeOf(job, takenBack === 'CANCELLED', fault)
  }
  const spoiled = (job: JobState) => {
    if (delivery.broken) return 'BROKEN'
    if (delivery.lost && job.incomplete) return 'INCOMPLETE'
    // CUPS puts a job back whose driver gave up (`ErrorPolicy retry-job`, `stop-printer`): it would print another card.
    if (job.pending && begun) return 'BEGINS_ANEW'
    begun ||= job.processing
    // CUPS stops a job whose document it cannot convert, and leaves it so, while its printer is free for the next.
    left = job.stopped && idle ? left + 1 : 0
    return left >= LOOKS_UNTIL_LEFT ? 'LEFT' : null
  }
  for (;;) {
    const found = await lookAtJob(followed)
    if (delivery.refused) return delivery.refused
    if (found.kind === 'GONE') return unknown(found.reason)
    if (found.kind === 'SILENT') {
      if (performance.now() - seen > limits.silenceMs) return giveUp(found.reason)
      watch({ progress, waitsFor: errorFault('OFFLINE', found.reason) })
    } else {
      const { job } = found
      // A printer that began anew counts its jobs anew: this number is another's now.
      if (uuid && job.uuid && uuid !== job.uuid) return unknown('job-uuid')
      uuid ??= job.uuid
      if (job.ended === 'COMPLETED') return ended(job, null)
      const printer = await askPrinter(followed)
      trouble = printer.trouble ?? (job.ended ? trouble : null)
      idle = printer.idle
      if (job.ended) return ended(job, trouble ?? delivery.broken ?? null)
      seen = performance.now()
      progress = Math.max(progress, progressOf(job, followed.pages))
      watch({ progress, waitsFor: trouble })
    }
    const over = performance.now() > deadline
    if (over && takenBack) return giveUp(takenBack === 'CANCELLED' ? 'cancel-job' : 'job-timeout')
    const why = cancelled?.aborted ? 'CANCELLED' : over ? 'TOO_LONG' : found.kind === 'JOB' ? spoiled(found.job) : null
    if (why && !takenBack) deadline = performance.now() + limits.cancelMs
    takenBack ??= why
    if (takenBack) await cancelJob(followed)
    // Cancelling ends the wait for the first time; afterwards the signal has nothing more to say.
    await sleep(limits.pollMs, undefined, takenBack ? {} : { signal: cancelled }).catch(() => {})
  }
}
