export type User = {
  readonly id: string
  readonly version: number
  readonly loginName: string
  readonly displayName: string
  readonly givenName: string | null
  readonly familyName: string | null
  readonly email: string | null
  readonly upn: string | null
  readonly sid: string | null
  readonly employeeNumber: string | null
  readonly department: string | null
  /** ISO 639, of letters, mails and the card; null = the organisation's. */
  readonly language: string | null
  readonly status: 'ACTIVE' | 'DISABLED'
  readonly role: string | null
  readonly groupIds: readonly string[]
  /** Identifies the person on every card (Cardholder UUID, SP 800-73-5 part 1 §3.4.1). */
  readonly cardholderUuid: string
  readonly createdAt: number
}

export type IssuanceType = 'INITIAL' | 'PERMANENT_REPLACEMENT' | 'TEMPORARY_REPLACEMENT' | 'UPDATE'

/** Ids by issuance type, in order. */
export type Assigned = Readonly<Partial<Record<IssuanceType, readonly string[]>>>

export type Group = {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly description: string
  readonly assignments: Assigned
  /** Card layouts (P-3). */
  readonly layouts: Assigned
}
