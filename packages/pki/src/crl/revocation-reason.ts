/** CRLReason (RFC 5280 §5.3.1). 7 is not used. */
export const REVOCATION_REASON = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  removeFromCRL: 8,
  privilegeWithdrawn: 9,
  aACompromise: 10,
} as const

export type RevocationReason = keyof typeof REVOCATION_REASON

const BY_NUMBER = new Map(Object.entries(REVOCATION_REASON).map(([reason, number]) => [number as number, reason]))

export const revocationReasonOf = (number: number): RevocationReason | undefined =>
  BY_NUMBER.get(number) as RevocationReason | undefined
