import type { Actor } from '../audit/audit-record.ts'
import { accept, type Outcome, refuse } from '../outcome/refusal.ts'
import type { Store } from '../ports/store.ts'
import { isOpenPrint, type PrintJob } from './print-job.ts'

/**
 * Writes down that somebody wants it to stop. The server that prints takes it from the printer, and only then it is
 * CANCELLED: a card that came out nevertheless is PRINTED.
 */
export const cancelPrint = (store: Store, id: string, by: Actor): Promise<Outcome<PrintJob>> =>
  store.transaction(async tx => {
    const job = await tx.printJobs.get(id)
    if (job === null) return refuse('NOT_FOUND')
    if (!isOpenPrint(job)) return refuse('PRINT_ENDED', { state: job.state })
    if (job.cancelledBy !== null) return accept(job)
    const saved = await tx.printJobs.save({ ...job, cancelledBy: by })
    return saved ? accept(saved) : refuse('VERSION_CONFLICT', { by: '…' })
  })
