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
  readonly status: 'ACTIVE' | 'DISABLED'
  readonly role: string | null
  readonly groupIds: readonly string[]
  /** Identifies the person on every card (Cardholder UUID, SP 800-73-5 part 1 §3.4.1). */
  readonly cardholderUuid: string
  readonly createdAt: number
}

export type IssuanceType = 'INITIAL' | 'PERMANENT_REPLACEMENT' | 'TEMPORARY_REPLACEMENT' | 'UPDATE'

export type Group = {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly description: string
  readonly assignments: Readonly<Partial<Record<IssuanceType, readonly string[]>>>
}
