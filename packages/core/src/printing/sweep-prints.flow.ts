import type { PrintFault, PrintJob } from './print-job.ts'
import type { PrintingPorts } from './printing-ports.ts'
import { endPrint, type PrintEnd } from './run-print.flow.ts'

const interrupted = 'server-interrupted'
const notSent: PrintFault = { code: 'JOB_ABORTED', severity: 'ERROR', keyword: interrupted, mayHaveMoved: false }
const maybePrinted: PrintFault = {
  code: 'UNKNOWN_OUTCOME',
  severity: 'ERROR',
  keyword: interrupted,
  mayHaveMoved: true,
}

const endOfAbandoned = ({ state, cancelledBy }: PrintJob): PrintEnd => {
  if (state === 'PRINTING') return { event: 'fail', fault: maybePrinted }
  return cancelledBy === null ? { event: 'fail', fault: notSent } : { event: 'cancel' }
}

/**
 * Prints whose server fell silent: what was sent may have been printed, so a person looks, and starts it anew or not;
 * nothing is printed again by itself. `isRunning` = in this process, so not abandoned however late. `ownToo` = at the
 * start, when what this server left cannot be running. Answers how many were ended.
 */
export const sweepPrints = async (
  ports: Pick<PrintingPorts, 'store' | 'clock' | 'owner' | 'report'>,
  isRunning: (id: string) => boolean,
  ownToo: boolean,
): Promise<number> => {
  const now = ports.clock()
  // No lease is a year long; a database could not hold the end of time.
  const horizon = ownToo ? now + 366 * 86_400_000 : now
  const found = await ports.store.transaction(tx => tx.printJobs.abandoned(horizon))
  const isDead = ({ id, lease }: PrintJob) =>
    !isRunning(id) && lease !== null && (lease.until < now || (ownToo && lease.owner === ports.owner))
  const dead = found.filter(isDead)
  let count = 0
  for (const job of dead) {
    // Read anew: its server may have come back meanwhile.
    const ended = await ports.store.transaction(async tx => {
      const current = await tx.printJobs.get(job.id)
      return current !== null && isDead(current) ? endPrint(tx, current, endOfAbandoned(current), now) : null
    })
    if (!ended) continue
    ports.report(ended, null)
    count++
  }
  return count
}
