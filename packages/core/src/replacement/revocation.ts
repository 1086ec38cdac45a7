import type { RevocationReason } from '../credential/credential.ts'
import type { TerminationReason } from '../device/device.ts'
import type { LifecycleSettings } from '../settings/lifecycle-settings.ts'

export type EndReason = TerminationReason | 'RENEW'

/** why a device ended → what the CA publishes (RFC 5280 §5.3.1). */
export const revocationReasons: Readonly<Record<EndReason, RevocationReason>> = {
  LOST: 'keyCompromise',
  STOLEN: 'keyCompromise',
  DAMAGED: 'superseded',
  EXPIRED: 'superseded',
  RENEW: 'superseded',
  UNASSIGNED: 'cessationOfOperation',
}

/** What this certificate authority is told, for a device that ended for this reason. */
export const revocationReason = (
  settings: Pick<LifecycleSettings, 'revocationReasons'>,
  authorityId: string,
  why: EndReason,
): RevocationReason => settings.revocationReasons[authorityId]?.[why] ?? revocationReasons[why]
