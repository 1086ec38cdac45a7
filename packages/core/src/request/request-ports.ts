import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'

export type RequestPorts = {
  readonly store: Store
  readonly clock: Clock
  readonly newId: () => string
  /** Whose certificates an issuance that is given up may have brought about. */
  readonly authority: { readonly id: string }
}
