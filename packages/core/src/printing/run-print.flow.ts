import type { Actor } from '../audit/audit-record.ts'
import type { Printer, PrintOrder, PrintOutcome, PrintProgress } from '../ports/printer.ts'
import type { Transaction } from '../ports/store.ts'
import { nobodyKnows } from './nobody-knows.ts'
import { printFact } from './print-facts.ts'
import type { PrintFault, PrintJob } from './print-job.ts'
import { changePrintJob } from './print-job-states.ts'
import type { PrintingPorts } from './printing-ports.ts'

const printing: Actor = { kind: 'system', id: 'system:printing', label: 'Cardwright' }

export type PrintEnd = { readonly event: 'print' | 'cancel' } | { readonly event: 'fail'; readonly fault: PrintFault }

const endOf = (outcome: PrintOutcome): PrintEnd => {
  switch (outcome.kind) {
    case 'PRINTED':
      return { event: 'print' }
    case 'CANCELLED':
      return { event: 'cancel' }
    case 'FAILED':
      return { event: 'fail', fault: { ...outcome.fault, mayHaveMoved: outcome.paperMayHaveMoved } }
  }
}

const actionOf = { print: 'print.done', cancel: 'print.cancelled', fail: 'print.failed' } as const

/**
 * The end of a job in one transaction with its record: what the newest card shows stays as the device's picture, all others
 * are wiped. A job that has ended meanwhile stays as it is.
 */
export const endPrint = async (tx: Transaction, job: PrintJob, end: PrintEnd, at: number): Promise<PrintJob> => {
  const moved = changePrintJob(job, end.event, at, end.event === 'fail' ? end.fault : null)
  const saved = moved.ok ? await tx.printJobs.save(moved.value) : null
  if (!saved) return job
  const all = await tx.printJobs.ofDevice(job.deviceId)
  await tx.printJobs.wipePictures(job.deviceId, all.find(other => other.state === 'PRINTED')?.id ?? null)
  const by = end.event === 'cancel' ? (saved.cancelledBy ?? printing) : printing
  await tx.audit(printFact(saved, actionOf[end.event], { by, at }))
  return saved
}

/** Stored before the printer hears of it, so that whoever finds the job later knows that it may have been printed. */
const send = (ports: PrintingPorts, id: string): Promise<PrintJob | null> =>
  ports.store.transaction(async tx => {
    const job = await tx.printJobs.get(id)
    if (job?.state !== 'QUEUED') return job
    if (job.cancelledBy !== null) return endPrint(tx, job, { event: 'cancel' }, ports.clock())
    const moved = changePrintJob(job, 'send', ports.clock())
    return moved.ok ? tx.printJobs.save(moved.value) : job
  })

const record = (ports: PrintingPorts, job: PrintJob, outcome: PrintOutcome): Promise<PrintJob> =>
  ports.store.transaction(async tx => {
    const now = await tx.printJobs.get(job.id)
    return now === null ? job : endPrint(tx, now, endOf(outcome), ports.clock())
  })

/**
 * Tells how it goes on, and stores what the printer waits for: whoever watches may be connected to another server. `noted`
 * resolves when all of that is stored, or could not be.
 */
const follower = (ports: PrintingPorts, job: PrintJob) => {
  let waitsFor: string | null = null
  let noted: Promise<unknown> = Promise.resolve()
  const note = (fault: PrintFault | null) =>
    ports.store
      .transaction(tx => tx.printJobs.noteWaiting(job.id, ports.owner, fault))
      .catch(error => ports.unexpected(error, { printJob: job.id, step: 'wait' }))
  return {
    watch: (going: PrintProgress) => {
      ports.report(job, going)
      const fault = going.waitsFor && { ...going.waitsFor, mayHaveMoved: false }
      if ((fault?.code ?? null) === waitsFor) return
      waitsFor = fault?.code ?? null
      noted = noted.then(() => note(fault))
    },
    noted: () => noted,
  }
}

/**
 * Sends a claimed job once and follows it to its end. Never rejects: where the store fails in the middle, the job stays
 * open until its lease has ended, and then nobody knows how it went (sweep-prints.flow.ts).
 */
export const runPrint = async (
  ports: PrintingPorts,
  claimed: PrintJob,
  order: PrintOrder,
  printer: Printer,
  cancelled: AbortSignal,
): Promise<PrintJob> => {
  let job = claimed
  let step = 'send'
  try {
    const sent = await send(ports, job.id)
    if (sent !== null) job = sent
    if (job.state === 'PRINTING') {
      ports.report(job, { progress: 0, waitsFor: null })
      step = 'print'
      const { watch, noted } = follower(ports, job)
      const outcome = await printer.print(order, watch, cancelled).catch(error => {
        ports.unexpected(error, { printJob: job.id, step })
        return nobodyKnows
      })
      await noted()
      step = 'record'
      job = await record(ports, job, outcome)
    }
  } catch (error) {
    ports.unexpected(error, { printJob: job.id, step })
  }
  ports.report(job, null)
  return job
}
