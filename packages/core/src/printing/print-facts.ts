import type { AuditFact } from '../audit/audit-record.ts'
import type { Act } from '../audit/facts.ts'
import type { PrintJob } from './print-job.ts'

type Happened = 'print.started' | 'print.done' | 'print.failed' | 'print.cancelled'

/** Which layout and printer, never what stands on the card. */
export const printFact = (job: PrintJob, action: Happened, { by, at }: Act): AuditFact => ({
  at,
  actor: by,
  action,
  object: { type: 'device', id: job.deviceId, label: job.serial },
  userId: job.userId,
  deviceId: job.deviceId,
  result: action === 'print.failed' ? 'FAILURE' : 'SUCCESS',
  reason: job.fault?.code ?? null,
  details: {
    printJob: job.id,
    print: job.print,
    layout: job.layout.name,
    layoutVersion: job.layout.version,
    printer: job.printer.name,
    // The wish alone changes nothing: it is told with how the print ended.
    ...(job.cancelledBy ? { stopWantedBy: job.cancelledBy.label } : {}),
    ...(job.fault ? { keyword: job.fault.keyword, mayHaveMoved: job.fault.mayHaveMoved } : {}),
  },
})
