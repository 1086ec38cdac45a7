import type { DeliveryPlan } from '../delivery/delivery.ts'
import type { RefusalCode } from '../outcome/refusal.ts'
import type { IssuanceType } from '../people/user.ts'
import type { ReplacementReason } from '../request/device-request.ts'
import type { PinDisplayMode } from '../settings/security-settings.ts'
import type { PlanStepName } from './plan-step.ts'

export type IssuanceState = 'RUNNING' | 'WAITING_FOR_PIN' | 'COMPLETED' | 'FAILED' | 'CANCELLED'

/** What happened, at which step, what now, as codes and facts; texts are made at the edge. */
export type IssuanceError = {
  readonly code: RefusalCode
  readonly step: PlanStepName
  readonly params: Readonly<Record<string, string | number>>
  readonly at: number
}

/** A key of this issuance that the card answered with; the proof that a slot holds our key and not another. */
export type KeyEvidence = {
  readonly slot: string
  readonly algorithm: string
  readonly publicKeySpki: Uint8Array
}

/** Stored before the CA is asked, so that a lost answer leaves no certificate that nobody knows. */
export type CertificateIntent = {
  readonly slot: string
  readonly idempotencyKey: string
  readonly credentialId: string | null
}

/** One personalisation (or recycling) of one device, over all its attempts. Times are milliseconds since 1970. */
export type Issuance = {
  readonly id: string
  readonly version: number
  readonly kind: 'ISSUE' | 'PRODUCE' | 'RECYCLE'
  readonly type: IssuanceType
  /** The request that this issuance executes, and why a device is replaced by it. */
  readonly requestId: string | null
  readonly replaces: ReplacementReason | null
  readonly state: IssuanceState
  readonly attempt: number
  readonly userId: string | null
  readonly deviceId: string
  readonly serial: string
  readonly readerId: string
  readonly readerName: string
  readonly policyId: string | null
  readonly policyVersion: number | null
  readonly pinMode: PinDisplayMode
  readonly changePin: boolean
  /** By the options at its start (N-2). */
  readonly delivery: DeliveryPlan
  /** Chosen once at the start and kept over attempts: they are in certificates. */
  readonly cardUuid: string
  readonly credentialNumber: number
  readonly expiresAt: number
  /** Something was sent to the card that may have changed it. */
  readonly cardTouched: boolean
  readonly keys: readonly KeyEvidence[]
  readonly intents: readonly CertificateIntent[]
  /** Tries spent on finding out which PUK the card has after a lost answer; stops well before the card's limit. */
  readonly pukTries: number
  readonly steps: readonly {
    readonly name: PlanStepName
    readonly params: Readonly<Record<string, string>>
    readonly state: 'PENDING' | 'RUNNING' | 'DONE' | 'FAILED'
  }[]
  readonly notes: readonly { readonly code: string; readonly params: Readonly<Record<string, string>> }[]
  readonly error: IssuanceError | null
  /** Which server works on it, and until when it may be silent. */
  readonly lease: { readonly owner: string; readonly until: number } | null
  readonly roundTrips: number
  readonly startedBy: { readonly kind: 'operator' | 'user' | 'system'; readonly id: string; readonly label: string }
  readonly startedAt: number
  readonly endedAt: number | null
}
