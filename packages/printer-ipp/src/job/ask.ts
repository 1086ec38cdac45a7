import { type IppClient, statusKeyword } from '../client.ts'
import { attribute } from '../message/encode.ts'
import { GROUP, groupOf, OPERATION, STATUS, succeeded } from '../message/message.ts'
import { JOB_ATTRIBUTES, type JobState, readJob } from './job-state.ts'
import type { IppLimits } from './limits.ts'

export type AskedJob = {
  readonly client: IppClient
  readonly id: number
  readonly limits: IppLimits
  readonly abort?: AbortSignal | undefined
}

export type Look =
  | { readonly kind: 'JOB'; readonly job: JobState }
  | { readonly kind: 'GONE'; readonly reason: string }
  | { readonly kind: 'SILENT'; readonly reason: string }

/** Get-Job-Attributes (RFC 8011 §4.3.4). */
export const lookAtJob = async ({ client, id, limits, abort }: AskedJob): Promise<Look> => {
  const reply = await client.ask({
    operation: OPERATION.getJobAttributes,
    operationAttributes: [
      attribute('integer', 'job-id', id),
      attribute('keyword', 'requested-attributes', ...JOB_ATTRIBUTES),
    ],
    timeoutMs: limits.answerMs,
    ...(abort && { abort }),
  })
  if (reply.kind === 'LOST') return { kind: 'SILENT', reason: reply.reason }
  const { status } = reply.answer
  if (status === STATUS.notFound || status === STATUS.gone) return { kind: 'GONE', reason: statusKeyword(status) }
  if (!succeeded(status)) return { kind: 'SILENT', reason: statusKeyword(status) }
  return { kind: 'JOB', job: readJob(groupOf(reply.answer, GROUP.job)) }
}

const askToCancel = async ({ client, id, limits, abort }: AskedJob, purge: boolean): Promise<void> => {
  await client.ask({
    operation: OPERATION.cancelJob,
    operationAttributes: [
      attribute('integer', 'job-id', id),
      ...(purge ? [attribute('boolean', 'purge-job', true)] : []),
    ],
    timeoutMs: limits.answerMs,
    ...(abort && { abort }),
  })
}

/** Cancel-Job (RFC 8011 §4.3.3). It may be asked more than once; the job's state says whether it was heard. */
export const cancelJob = (job: AskedJob): Promise<void> => askToCancel(job, false)

/**
 * CUPS keeps the documents of jobs that have ended for a day, and its administrator can print them again. With `purge-job`, its own
 * attribute of Cancel-Job, documents and history of the job are removed at once.
 */
export const forgetJob = (job: AskedJob): Promise<void> => askToCancel(job, true)
