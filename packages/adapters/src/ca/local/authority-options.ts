import type { CertificateProfile, Clock, Random } from '@cardwright/core'
import type { Name, SignatureAlgorithm } from '@cardwright/pki'
import type { SigningKeys } from '../../keys/signing-keys.ts'
import type { AuthorityStore } from './authority-store.ts'

/** Where relying parties fetch what this CA publishes; written into certificates, so they must stay reachable for years. */
export type PublicationUrls = {
  readonly rootCertificate: string
  readonly rootCrl: string
  readonly issuingCertificate: string
  readonly issuingCrl: string
  readonly ocsp: string
}

/** Paths below one http address, as the server serves them. http, not https: see RFC 5280 §8 and the Common Policy profiles. */
export function publicationUrls(base: string): PublicationUrls {
  const at = (path: string) => `${base.replace(/\/+$/, '')}/pki/${path}`
  return {
    rootCertificate: at('root.cer'),
    rootCrl: at('root.crl'),
    issuingCertificate: at('issuing.cer'),
    issuingCrl: at('issuing.crl'),
    ocsp: at('ocsp'),
  }
}

export type LocalAuthorityOptions = {
  /** Names this CA in credentials and in logs. */
  readonly id: string
  readonly store: AuthorityStore
  readonly keys: SigningKeys
  readonly clock: Clock
  readonly random: Random
  /** Country and organisation; starts every name. */
  readonly organization: Name
  /** Common names are `<name> Root CA` and so on. */
  readonly name: string
  /** Of root and issuing CA; used when the CA is made. P-384 unless given. */
  readonly algorithm?: SignatureAlgorithm
  readonly urls: PublicationUrls
  /** Certificate policies that this CA may assert, by profile. */
  readonly policies?: Partial<Record<CertificateProfile, readonly string[]>>
  readonly crl?: Partial<CrlTimes>
  /** How long a client may keep an OCSP answer, milliseconds. Short, or a hold would take effect late. */
  readonly ocspValidity?: number
}

export type CrlTimes = {
  /** thisUpdate to nextUpdate, milliseconds. */
  readonly validity: number
  /** A new CRL is made this long after the last one even if nothing changed. */
  readonly refresh: number
}

export const HOUR = 3_600_000
export const DAY = 24 * HOUR
