/** ISSUED · ON_HOLD (can come back) · REVOKED (never comes back). */
export type CredentialState = 'ISSUED' | 'ON_HOLD' | 'REVOKED'

export type RevocationReason =
  | 'keyCompromise'
  | 'superseded'
  | 'cessationOfOperation'
  | 'certificateHold'
  | 'unspecified'

/** One certificate and key on a device. Times are milliseconds since 1970. */
export type Credential = {
  readonly id: string
  readonly version: number
  readonly deviceId: string
  readonly issuanceId: string
  /** Key reference, two hex digits. */
  readonly slot: string
  readonly profile: string
  readonly algorithm: string
  readonly state: CredentialState
  readonly revocationReason: RevocationReason | null
  readonly authorityId: string
  /** Upper-case hex. */
  readonly serialNumber: string
  readonly subject: string
  readonly issuer: string
  readonly notBefore: number
  readonly notAfter: number
  readonly certificate: Uint8Array
  readonly publicKeySpki: Uint8Array
}

export type CredentialEvent = 'hold' | 'resume' | 'revoke'

/** From → event → to. A revoked credential has no way back (RFC 5280 §5.3.1). */
export const credentialTransitions: readonly {
  readonly event: CredentialEvent
  readonly from: readonly CredentialState[]
  readonly to: CredentialState
}[] = [
  { event: 'hold', from: ['ISSUED'], to: 'ON_HOLD' },
  { event: 'resume', from: ['ON_HOLD'], to: 'ISSUED' },
  { event: 'revoke', from: ['ISSUED', 'ON_HOLD'], to: 'REVOKED' },
]

/** The credential after the event, or null where the event changes nothing (already there, or revoked). */
export const changeCredential = (
  credential: Credential,
  event: CredentialEvent,
  reason: RevocationReason,
): Credential | null => {
  const row = credentialTransitions.find(t => t.event === event && t.from.includes(credential.state))
  if (!row) return null
  return { ...credential, state: row.to, revocationReason: row.to === 'ISSUED' ? null : reason }
}
