import type { PrintOutcome } from '../ports/printer.ts'

/** How a job ends whose printer broke in a way that nobody foresaw: it may have come out. */
export const nobodyKnows: PrintOutcome = {
  kind: 'FAILED',
  fault: { code: 'UNKNOWN_OUTCOME', severity: 'ERROR', keyword: 'internal-error' },
  paperMayHaveMoved: true,
}
