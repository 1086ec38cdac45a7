import type { PrinterFault as FaultView, PrintJob as PrintJobView } from '@cardwright/contract'
import { isOpenPrint, type PrinterFault, type PrintJob, type PrintProgress, wordsOfFault } from '@cardwright/core'

/** A print as this server sees it: what is stored, and how far the printer is if it is this server that prints. */
export type LivePrint = PrintJob & { readonly going: PrintProgress | null }

export const faultView = (fault: PrinterFault & { readonly mayHaveMoved?: boolean }): FaultView => ({
  code: fault.code,
  ...wordsOfFault(fault),
})

const progressOf = ({ state, going }: LivePrint): number =>
  state === 'PRINTED' ? 1 : Math.min(1, Math.max(0, going?.progress ?? 0))

export const printJobView = (job: LivePrint): PrintJobView => {
  // Here it is known a moment earlier than it is stored.
  const fault = isOpenPrint(job) && job.going ? job.going.waitsFor : job.fault
  return {
    id: job.id,
    deviceId: job.deviceId,
    serial: job.serial,
    userId: job.userId,
    layout: { ...job.layout },
    printer: { ...job.printer },
    state: job.state,
    progress: progressOf(job),
    fault: fault && faultView(fault),
    print: job.print,
    startedBy: job.startedBy.label,
    startedAt: new Date(job.startedAt).toISOString(),
    endedAt: job.endedAt === null ? null : new Date(job.endedAt).toISOString(),
  }
}
