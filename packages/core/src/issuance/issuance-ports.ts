import type { CardGateway } from '../ports/card-gateway.ts'
import type { CertificateAuthority, ContentSigner } from '../ports/certificate-authority.ts'
import type { Clock, Random } from '../ports/clock.ts'
import type { Keys } from '../ports/keys.ts'
import type { ProgressSink } from '../ports/progress.ts'
import type { Store } from '../ports/store.ts'

/** Everything outside that an issuance touches; wired by hand in each program. */
export type IssuancePorts = {
  readonly store: Store
  readonly gateway: CardGateway
  readonly authority: CertificateAuthority
  /** Absent = CHUIDs and security objects stay unsigned; the card still works, and a note says so. */
  readonly contentSigner: ContentSigner | null
  readonly keys: Keys
  /** Roots and intermediates of makers whose attestation is trusted, DER. */
  readonly attestationAnchors: readonly Uint8Array[]
  readonly clock: Clock
  readonly random: Random
  readonly newId: () => string
  readonly progress: ProgressSink
  /** Where the cause of a failure goes; must not throw. Causes hold no secrets, yet are for logs only. */
  readonly unexpected: (
    error: unknown,
    about: { readonly issuance: string; readonly code: string; readonly step: string },
  ) => void
  /** Which server this is; its abandoned issuances are swept when it starts again. */
  readonly owner: string
  /**
   * How long a server may be silent before another may take its issuance over, in milliseconds. Longer than the
   * longest single script: four RSA-4096 keys can take minutes on a card.
   */
  readonly leaseMs: number
}
