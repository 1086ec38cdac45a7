import type { CardRenderer } from '../ports/card-renderer.ts'
import type { Clock } from '../ports/clock.ts'
import type { Printer, PrintProgress } from '../ports/printer.ts'
import type { Store } from '../ports/store.ts'
import type { PrintJob } from './print-job.ts'

export type PrintingPorts = {
  readonly store: Store
  readonly renderer: CardRenderer
  readonly clock: Clock
  readonly newId: () => string
  /** Tells whoever watches; may forget, must not throw. `going` only while the printer works on it. */
  readonly report: (job: PrintJob, going: PrintProgress | null) => void
  /** For the log: a failure that nobody foresaw. */
  readonly unexpected: (error: unknown, about: { readonly printJob: string; readonly step: string }) => void
  /** Which server this is. */
  readonly owner: string
  /** How long a server may be silent before another says that nobody knows how its prints ended; milliseconds. */
  readonly leaseMs: number
}

/** A printer as it was chosen, under the name that people know it by. */
export type ChosenPrinter = { readonly id: string; readonly name: string; readonly printer: Printer }
