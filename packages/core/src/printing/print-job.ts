import type { Actor } from '../audit/audit-record.ts'
import type { PrinterFault } from '../ports/printer.ts'

export type PrintJobState = 'QUEUED' | 'PRINTING' | 'PRINTED' | 'FAILED' | 'CANCELLED'

/** Why a print FAILED, or what it waits for. `mayHaveMoved`: something may have come out, so a person looks at the card before it is printed again. */
export type PrintFault = PrinterFault & { readonly mayHaveMoved: boolean }

/** One try to print the card of a device. Times are milliseconds since 1970. */
export type PrintJob = {
  readonly id: string
  /** Compare-and-set, as everywhere. */
  readonly version: number
  readonly deviceId: string
  readonly serial: string
  /** Whose card it was when it was printed; the device may be somebody else's by now. */
  readonly userId: string
  readonly layout: { readonly id: string; readonly version: number; readonly name: string }
  readonly printer: { readonly id: string; readonly name: string }
  readonly state: PrintJobState
  /** Why it FAILED; while it is PRINTING, what its printer waits for. */
  readonly fault: PrintFault | null
  /** 1 = the first try for this device. */
  readonly print: number
  /** Who wants it to stop; the server that prints is told by this, wherever they asked. */
  readonly cancelledBy: Actor | null
  /** Of the server that prints; none once the job has ended. */
  readonly lease: { readonly owner: string; readonly until: number } | null
  readonly startedBy: Actor
  readonly startedAt: number
  readonly endedAt: number | null
}

export const isOpenPrint = ({ state }: Pick<PrintJob, 'state'>): boolean => state === 'QUEUED' || state === 'PRINTING'
