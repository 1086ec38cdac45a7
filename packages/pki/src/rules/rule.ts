import type { Certificate } from '../certificate/parse.ts'
import type { KerberosPrincipal } from '../extensions/kerberos-principal.ts'
import type { ProfileName } from '../profiles/profile.ts'

/** What the certificate was asked to be; a name that is given here must be in it. */
export interface Expectation {
  readonly profile: ProfileName
  /** The CA that should have signed; for a root the root itself. */
  readonly issuer: Certificate
  /** DER SubjectPublicKeyInfo that the certificate was asked for. */
  readonly publicKey: Uint8Array
  readonly now: Date
  readonly cardUuid?: Uint8Array
  readonly cardNotAfter?: Date
  readonly upn?: string
  readonly email?: string
  readonly kerberos?: KerberosPrincipal
  readonly sid?: string
  /** Shortest serial number that is believed to be random, default 8. CAs that count need a smaller one. */
  readonly minSerialOctets?: number
}

/** One rule of one document. `check` answers what is wrong, in words; an empty list means the rule holds. */
export interface Rule {
  /** `document/rule`, as the file is named. */
  readonly id: string
  /** Undefined = every profile. */
  readonly profiles?: readonly ProfileName[]
  readonly check: (certificate: Certificate, expectation: Expectation) => readonly string[]
}

export interface Finding {
  readonly rule: string
  readonly message: string
}

export const HOLDER: readonly ProfileName[] = [
  'piv-authentication',
  'digital-signature',
  'key-management',
  'card-authentication',
]
export const BELOW_CA: readonly ProfileName[] = [...HOLDER, 'content-signing', 'ocsp-responder']

/** `[message]` when the condition does not hold. */
export const unless = (holds: boolean, message: string): string[] => (holds ? [] : [message])
