import type { PinRules } from '../pin/pin-rules.ts'

export type KeyAlgorithm = 'RSA-2048' | 'RSA-3072' | 'RSA-4096' | 'P-256' | 'P-384' | 'Ed25519'
export type CertificateProfile = 'piv-authentication' | 'digital-signature' | 'key-management' | 'card-authentication'
export type PinPolicy = 'DEFAULT' | 'NEVER' | 'ONCE' | 'ALWAYS'
export type TouchPolicy = 'DEFAULT' | 'NEVER' | 'ALWAYS' | 'CACHED'
/** How much the policy wants something that not every card has. */
export type Wish = 'REQUIRED' | 'IF_POSSIBLE' | 'NO'

export type SlotPolicy = {
  /** Two upper-case hex digits. */
  readonly slot: string
  readonly profile: CertificateProfile
  /** In order of preference; the first that the card has is used. */
  readonly algorithms: readonly KeyAlgorithm[]
  readonly pinPolicy: PinPolicy
  readonly touchPolicy: TouchPolicy
  readonly validityDays: number
}

/** What a device must contain. A published version never changes. */
export type PolicyContent = {
  readonly name: string
  readonly description: string
  readonly slots: readonly SlotPolicy[]
  readonly objects: { readonly printedInformation: Wish; readonly securityObject: Wish; readonly discovery: Wish }
  readonly pin: { readonly rules: PinRules; readonly retries: number; readonly pukRetries: number }
  readonly proofOfPossession: boolean
  readonly attestation: Wish
  readonly keepManufacturerKey: boolean
  readonly validityDays: number
  /** Validated issuance: an initial issuance needs an approved request. */
  readonly approval: 'NONE' | 'REQUIRED'
  /** What a replacement does with archived keys of the device before it: nothing, puts them on, or also revokes them. */
  readonly keyRecovery: 'NONE' | 'KEEP' | 'REVOKE'
}

/** What a policy published before these were thought of means by their absence. */
export const policyDefaults = { approval: 'NONE', keyRecovery: 'NONE' } as const satisfies Partial<PolicyContent>

export type DevicePolicy = {
  readonly id: string
  readonly version: number
  readonly content: PolicyContent
  readonly publishedAt: number
  readonly publishedBy: string
  readonly note: string
  readonly retired: boolean
}
