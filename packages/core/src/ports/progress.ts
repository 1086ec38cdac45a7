import type { Issuance } from '../issuance/issuance.ts'

/** Tells whoever watches; may forget, must not throw, must not wait. */
export interface ProgressSink {
  report(issuance: Issuance): void
}
