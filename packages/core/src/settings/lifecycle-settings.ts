import type { RevocationReason } from '../credential/credential.ts'
import type { EndReason } from '../replacement/revocation.ts'

/** How devices are requested, replaced and ended. */
export type LifecycleSettings = {
  /** A request that nobody acts on ends after so many days; a loss report stands until somebody decides. */
  readonly requestDays: number
  /** which two of requester, approver and issuer may not be the same person. */
  readonly separation: {
    readonly requesterApprover: boolean
    readonly approverIssuer: boolean
    readonly requesterIssuer: boolean
  }
  /** R-19, by certificate authority; what is not named here is as in `revocationReasons`. */
  readonly revocationReasons: Readonly<Record<string, Partial<Record<EndReason, RevocationReason>>>>
}

export const defaultLifecycleSettings: LifecycleSettings = {
  requestDays: 30,
  separation: { requesterApprover: true, approverIssuer: false, requesterIssuer: false },
  revocationReasons: {},
}
