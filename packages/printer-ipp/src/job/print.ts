import { setTimeout as sleep } from 'node:timers/promises'
import type { IppClient } from '../client.ts'
import { attribute } from '../message/encode.ts'
import { GROUP, groupOf, type IppAnswer, numbers, OPERATION, STATUS, succeeded } from '../message/message.ts'
import { errorFault, failed, type PrintOrder, type PrintOutcome, type PrintProgress } from '../printer.ts'
import type { IppReply } from '../transport.ts'
import { cancelJob } from './ask.ts'
import { type Delivery, followJob } from './follow.ts'
import { readJob } from './job-state.ts'
import { type IppLimits, pauseAfter } from './limits.ts'
import { type JobPlan, PLAN_ATTRIBUTES, planJob } from './plan.ts'
import { lostFault, refusalFault, refusesJob, refusesUnread, setAside, silentFault } from './refusal.ts'

type PrintCall = {
  readonly client: IppClient
  readonly limits: IppLimits
  readonly order: PrintOrder
  readonly watch: (progress: PrintProgress) => void
  readonly cancelled: AbortSignal | undefined
  readonly closing: AbortSignal | undefined
}

const jobId = (answer: IppAnswer): number | undefined => numbers(groupOf(answer, GROUP.job), 'job-id')[0]
const jobUuid = (answer: IppAnswer): string | null => readJob(groupOf(answer, GROUP.job)).uuid

const documentAttributes = (plan: JobPlan) => [attribute('mimeMediaType', 'document-format', plan.document.format)]
const jobName = (order: PrintOrder) => attribute('name', 'job-name', order.jobName)

/**
 * A printer without a queue is busy until the job before has ended (RFC 8011 §B.1.5.8). Asking again sends nothing twice:
 * it has taken neither a job nor a document. `null` = nobody wants it any more.
 */
const askUntilFree = async ({ limits, watch, cancelled }: PrintCall, ask: () => Promise<IppReply>) => {
  const deadline = performance.now() + limits.jobMs
  let pause = limits.pollMs
  for (;;) {
    const reply = await ask()
    const busy = reply.kind === 'ANSWER' && reply.answer.status === STATUS.busy
    if (!busy || performance.now() > deadline) return reply
    watch({ progress: 0.05, waitsFor: null })
    await sleep(pause, undefined, { signal: cancelled }).catch(() => {})
    if (cancelled?.aborted) return null
    pause = pauseAfter(pause, limits)
  }
}

/** Print-Job: there is no number of the job before the document is there, so that a lost answer leaves it unknown. */
const printInOneStep = async (call: PrintCall, plan: JobPlan): Promise<PrintOutcome> => {
  const { client, limits, order } = call
  const reply = await askUntilFree(call, () =>
    client.ask({
      operation: OPERATION.printJob,
      operationAttributes: [
        jobName(order),
        // RFC 8011 §4.2.1.1: there is no second step in which a job could be taken back that is not heeded.
        attribute('boolean', 'ipp-attribute-fidelity', true),
        ...documentAttributes(plan),
      ],
      jobAttributes: plan.jobAttributes,
      document: plan.document.bytes,
      timeoutMs: limits.jobMs,
    }),
  )
  if (reply === null) return { kind: 'CANCELLED' }
  if (reply.kind === 'LOST') {
    if (!reply.sent) return failed(lostFault(reply.reason), false)
    return failed(errorFault('UNKNOWN_OUTCOME', reply.reason), true)
  }
  const { status } = reply.answer
  if (!succeeded(status)) return failed(refusalFault(status), !refusesJob(status))
  const id = jobId(reply.answer)
  if (id === undefined) return failed(errorFault('UNKNOWN_OUTCOME', 'job-id'), true)
  const { forget } = plan
  return followJob({ ...call, id, uuid: jobUuid(reply.answer), pages: order.pictures.length, forget, delivery: {} })
}

const deliveryOf = (reply: IppReply): Delivery => {
  if (reply.kind === 'LOST') return reply.sent ? { lost: true } : { refused: failed(lostFault(reply.reason), false) }
  const { status } = reply.answer
  if (succeeded(status)) return {}
  const fault = refusalFault(status)
  return refusesUnread(status) ? { refused: failed(fault, false) } : { broken: fault }
}

/**
 * Create-Job and Send-Document. The job is looked at while the document is on its way: a printer that waits for a card stops
 * reading, and one that has vanished never answers.
 */
const printInTwoSteps = async (call: PrintCall, plan: JobPlan): Promise<PrintOutcome> => {
  const { client, limits, order } = call
  const created = await askUntilFree(call, () =>
    client.ask({
      operation: OPERATION.createJob,
      operationAttributes: [jobName(order)],
      jobAttributes: plan.jobAttributes,
      timeoutMs: limits.answerMs,
    }),
  )
  if (created === null) return { kind: 'CANCELLED' }
  if (created.kind === 'LOST') return failed(lostFault(created.reason), false)
  if (!succeeded(created.answer.status)) return failed(refusalFault(created.answer.status), false)
  const id = jobId(created.answer)
  if (id === undefined) return failed(errorFault('JOB_REFUSED', 'job-id'), false)
  const job = { client, id, limits }
  const unheeded = setAside(created.answer, order)
  if (unheeded || call.cancelled?.aborted) {
    await cancelJob(job)
    return unheeded ? failed(unheeded, false) : { kind: 'CANCELLED' }
  }
  const ended = new AbortController()
  const delivery: Delivery = {}
  const sending = client
    .ask({
      operation: OPERATION.sendDocument,
      operationAttributes: [
        attribute('integer', 'job-id', id),
        ...documentAttributes(plan),
        attribute('boolean', 'last-document', true),
      ],
      document: plan.document.bytes,
      // The printer stops reading while it has no card: as long as the job may take.
      timeoutMs: limits.jobMs + limits.cancelMs,
      abort: ended.signal,
    })
    .then(async reply => {
      Object.assign(delivery, deliveryOf(reply))
      // A job without a document would stand in the queue until the printer loses patience.
      if (delivery.refused) await cancelJob(job)
    })
  const [uuid, pages] = [jobUuid(created.answer), order.pictures.length]
  const outcome = await followJob({ ...job, ...call, uuid, pages, forget: plan.forget, delivery })
  ended.abort()
  await sending
  return outcome
}

/** One order to its end. Nothing is sent before the printer's own attributes say that it can print it. */
export const printOrder = async (call: PrintCall): Promise<PrintOutcome> => {
  const { client, limits, order, cancelled } = call
  if (cancelled?.aborted) return { kind: 'CANCELLED' }
  const reply = await client.ask({
    operation: OPERATION.getPrinterAttributes,
    operationAttributes: [attribute('keyword', 'requested-attributes', ...PLAN_ATTRIBUTES)],
    timeoutMs: limits.answerMs,
    ...(cancelled && { abort: cancelled }),
  })
  if (cancelled?.aborted) return { kind: 'CANCELLED' }
  if (reply.kind === 'LOST') return failed(lostFault(reply.reason), false)
  if (!succeeded(reply.answer.status)) return failed(silentFault(reply.answer.status), false)
  const plan = planJob(groupOf(reply.answer, GROUP.printer), order)
  if ('code' in plan) return failed(plan, false)
  call.watch({ progress: 0.05, waitsFor: null })
  const outcome = await (plan.inTwoSteps ? printInTwoSteps(call, plan) : printInOneStep(call, plan))
  if (outcome.kind === 'PRINTED') call.watch({ progress: 1, waitsFor: null })
  return outcome
}
