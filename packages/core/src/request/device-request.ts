import type { Actor } from '../audit/audit-record.ts'
import type { DeviceReason } from '../device/device.ts'

/** REQUIREMENTS §1: a wish for an operation that is approved and queued before it is executed on a connected device. */
export type RequestType = 'ISSUANCE' | 'REPLACEMENT' | 'PIN_UNLOCK' | 'UPDATE' | 'REISSUANCE' | 'RECYCLE'
export type RequestState =
  | 'PENDING_APPROVAL'
  | 'APPROVED'
  | 'DENIED'
  | 'CANCELLED'
  | 'EXECUTING'
  | 'COMPLETED'
  | 'FAILED'
  | 'EXPIRED'

/** Why a device is replaced. */
export type ReplacementReason = 'LOST' | 'STOLEN' | 'DAMAGED' | 'EXPIRED' | 'FORGOTTEN' | 'RENEW'
export type ReplacementKind = 'PERMANENT' | 'TEMPORARY'

/** Who asked, and where the new device is issued (R-10 … R-14). */
export type Workflow = 'HELP_DESK_LOCAL' | 'HELP_DESK_SELF' | 'HELP_DESK_REMOTE' | 'USER_LOCAL' | 'USER_SELF'

/** The target as it was before the request changed it, so that cancel and deny restore exactly that. */
export type Undo = {
  readonly state: 'ISSUED' | 'INVALID'
  readonly reason: DeviceReason
  readonly suspended: boolean
  /** The credentials that this request put on hold; those that were on hold before stay so. */
  readonly held: readonly string[]
  /** the completed requests for which the target, and what it replaced, stand in for others; nearest first. */
  readonly behind: readonly string[]
}

/** What is asked for in a replacement. */
export type Replacement = {
  readonly reason: ReplacementReason
  readonly kind: ReplacementKind
  readonly workflow: Workflow
  readonly undo: Undo
}

/** Times are milliseconds since 1970. */
export type DeviceRequest = {
  readonly id: string
  readonly version: number
  readonly type: RequestType
  readonly state: RequestState
  readonly userId: string
  /** The target of a replacement. */
  readonly deviceId: string | null
  /** With `type` REPLACEMENT, else null. */
  readonly replacement: Replacement | null
  /** ISSUANCE: the policy that is approved. */
  readonly policyId: string | null
  /** The device that is bound for it, or being issued, or was issued. */
  readonly newDeviceId: string | null
  readonly issuanceId: string | null
  readonly note: string
  readonly requestedBy: Actor
  readonly requestedAt: number
  readonly decidedBy: Actor | null
  readonly decidedAt: number | null
  /** Why it was denied; a word of the approver, if any. */
  readonly decisionNote: string
  /** For those who have an older version in front of them: "changed by … at …". */
  readonly changedBy: Actor
  readonly changedAt: number
  /** Null: stands until somebody decides. */
  readonly expiresAt: number | null
  readonly endedAt: number | null
}

export const openRequestStates = [
  'PENDING_APPROVAL',
  'APPROVED',
  'EXECUTING',
  'FAILED',
] as const satisfies RequestState[]
export const isOpenRequest = ({ state }: Pick<DeviceRequest, 'state'>): boolean =>
  openRequestStates.some(open => open === state)
