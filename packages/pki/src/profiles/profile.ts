import type { TbsCertificate } from '../certificate/build.ts'
import type { Certificate } from '../certificate/parse.ts'
import type { KerberosPrincipal } from '../extensions/kerberos-principal.ts'
import type { Name } from '../name/name.ts'

/** Profiles of the keys that live on a card. */
export type HolderProfileName = 'piv-authentication' | 'digital-signature' | 'key-management' | 'card-authentication'
export type ProfileName = HolderProfileName | 'content-signing' | 'root-ca' | 'issuing-ca' | 'ocsp-responder'

export type ProfileRefusalCode =
  | 'KEY_NOT_ALLOWED'
  | 'VALIDITY_EMPTY'
  | 'VALIDITY_TOO_LONG'
  | 'VALIDITY_BEYOND_ISSUER'
  | 'VALIDITY_BEYOND_CARD'
  | 'NAME_MISSING'
  | 'NAME_TOO_LONG'
  | 'CARD_UUID_BAD'
  | 'FASC_N_BAD'
  | 'EMAIL_BAD'
  | 'UPN_BAD'
  | 'SID_BAD'
  | 'KERBEROS_BAD'

/** Why a profile makes no certificate of this request; the message tells what to change. */
export interface ProfileRefusal {
  readonly code: ProfileRefusalCode
  readonly message: string
}

export type ProfileResult =
  | { readonly ok: true; readonly tbs: TbsCertificate }
  | { readonly ok: false; readonly refusals: readonly ProfileRefusal[] }

/** The CA that will sign, and where its CRL, its own certificate and its OCSP responder are reached (http, not https). */
export interface Issuer {
  readonly certificate: Certificate
  readonly crlUrls: readonly string[]
  readonly caIssuersUrls: readonly string[]
  readonly ocspUrls: readonly string[]
}

export interface CommonRequest {
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  /** See `serialNumberFrom`. */
  readonly serialNumber: Uint8Array
  readonly notBefore: Date
  readonly notAfter: Date
  /** Certificate policies that the CA is entitled to assert; see `COMMON_POLICY`. */
  readonly policies?: readonly string[]
}

/** What is known of a holder and the card. A profile takes what it needs and leaves the rest. */
export interface HolderRequest extends CommonRequest {
  /** Parts of the name that say nothing of the person: country, organisation. */
  readonly organization: Name
  /** Parts that name the person: unit, common name. */
  readonly person: Name
  /** 16 octets, the GUID of the card's CHUID. */
  readonly cardUuid: Uint8Array
  readonly cardholderUuid?: Uint8Array
  /** 25 octets as in the CHUID. */
  readonly fascN?: Uint8Array
  /** No certificate outlives the card (FIPS 201-3 §2.9.1). */
  readonly cardNotAfter?: Date
  readonly email?: string
  readonly upn?: string
  readonly kerberos?: KerberosPrincipal
  readonly sid?: string
}

/** A certificate of the CA itself or of a service: named by its whole subject. */
export interface ServiceRequest extends CommonRequest {
  readonly subject: Name
}

/** In milliseconds. */
export const DAY = 86_400_000
/** Three years: the Common Policy's limit for all four card certificates (certificate profiles v2.2). */
export const MAX_HOLDER_DAYS = 1096
