import type { KeyReference } from '../ports/keys.ts'

/** Exactly these seven (REQUIREMENTS §1). */
export type DeviceState = 'AVAILABLE' | 'ASSIGNED' | 'IN_PRODUCTION' | 'PRODUCED' | 'ISSUED' | 'INVALID' | 'TERMINATED'
export type TerminationReason = 'UNASSIGNED' | 'LOST' | 'STOLEN' | 'DAMAGED' | 'EXPIRED'
/** FORGOTTEN and RENEW: only of INVALID devices, which are the target of a replacement. */
export type DeviceReason = 'NONE' | 'RECYCLE' | 'ASSIGNED' | 'FAILED' | 'FORGOTTEN' | 'RENEW' | TerminationReason

/** A smart card or security key that this organisation knows. Times are milliseconds since 1970. */
export type Device = {
  readonly id: string
  /** Compare-and-set: a write names the version that it read. */
  readonly version: number
  /** What tells this card from all others: serial, CPLC or GUID, with its kind in front (`serial:21234567`). */
  readonly identity: string
  /** For people. */
  readonly serial: string
  readonly model: string
  readonly form: 'card' | 'key' | 'phone'
  readonly virtual: boolean
  readonly state: DeviceState
  readonly reason: DeviceReason
  /** *Suspend* is not a state: the credentials are on hold and the action becomes *Resume*. */
  readonly suspended: boolean
  /** Stands in for another one for some days. */
  readonly temporary: boolean
  /** The request that it was issued for, if any. */
  readonly requestId: string | null
  /** INVALID: the request whose target it is; null = its validity has ended. */
  readonly invalidBy: string | null
  readonly userId: string | null
  readonly policyId: string | null
  readonly policyVersion: number | null
  readonly cardUuid: string | null
  /** The administration key that is on the card for certain; null = as it came from the factory. */
  readonly administrationKey: KeyReference | null
  /** Stored before it is sent to the card: after a lost answer the card has this one or the one above. */
  readonly pendingAdministrationKey: KeyReference | null
  /** Highest version of an individual key ever derived for this card; never used twice. */
  readonly keyVersion: number
  readonly issuedAt: number | null
  readonly expiresAt: number | null
}
