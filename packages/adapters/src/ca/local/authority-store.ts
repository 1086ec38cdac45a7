import type { RevocationReason } from '@cardwright/core'

/** A certificate and where its private key is found: a handle of the signing keys, never the key. */
export type CertifiedKey = { readonly certificate: Uint8Array; readonly keyHandle: Uint8Array }

/** The CA itself. Root and issuing CA never change; the services' keys are renewed. */
export type AuthorityRecord = {
  /** Starts at 1; `replaceServices` raises it. */
  readonly version: number
  readonly root: CertifiedKey
  readonly issuing: CertifiedKey
  readonly contentSigner: CertifiedKey | null
  readonly ocspResponder: CertifiedKey | null
}

export type CertificateStatus = 'GOOD' | 'ON_HOLD' | 'REVOKED'

/**
 * One intended or issued certificate. It is stored with what is going to be signed before the signature exists, and gets the
 * certificate after, so there is no certificate that the store does not know of.
 */
export type CertificateRecord = {
  readonly idempotencyKey: string
  /** Starts at 1; each save raises it. */
  readonly version: number
  /** Upper-case hex. null = abandoned before it was asked for. */
  readonly serialNumber: string | null
  /** DER of the key that is certified. */
  readonly publicKeySpki: Uint8Array | null
  /** DER TBSCertificate, the intent. */
  readonly tbs: Uint8Array | null
  /** DER, the evidence; written once. */
  readonly certificate: Uint8Array | null
  readonly status: CertificateStatus
  /** Set exactly while the status is not GOOD. */
  readonly reason: RevocationReason | null
  /** Since when the status is not GOOD; milliseconds since 1970. */
  readonly statusSince: number | null
  /** Milliseconds since 1970; 0 where nothing was intended. */
  readonly notAfter: number
}

/** What a CRL says of a certificate; a CRL of 100,000 need not read as many certificates. */
export type RevokedRecord = Pick<CertificateRecord, 'serialNumber' | 'reason' | 'statusSince'>

/** What a CRL says of one record. A CRL can have 100,000 of them, so the certificates are left where they are. */
export type RevokedEntry = Pick<CertificateRecord, 'serialNumber' | 'reason' | 'statusSince'>

export type CrlScope = 'root' | 'issuing'

export type StoredCrl = {
  /** Rises by one for each scope. */
  readonly number: number
  /** The store's revision that it was made from. */
  readonly revision: number
  readonly der: Uint8Array
  readonly thisUpdate: number
  readonly nextUpdate: number
}

/**
 * What the built-in CA keeps; one store belongs to one CA. Every method is one transaction. Several servers may use it
 * at once: each write is either an insert that the first one wins or a compare-and-set on `version`.
 */
export interface AuthorityStore {
  loadAuthority(): Promise<AuthorityRecord | null>
  /** Stores the CA unless there is one; answers the one that is stored now. */
  createAuthority(authority: AuthorityRecord): Promise<AuthorityRecord>
  /** Stores content signer and OCSP responder with version + 1 if `version` is still the stored one, else answers false. */
  replaceServices(authority: AuthorityRecord): Promise<boolean>

  /** Stores the record unless its idempotency key is known; answers the one that is stored now. */
  intend(record: CertificateRecord): Promise<CertificateRecord>
  /** Stores the record with version + 1 if `version` is still the stored one, else answers false. */
  save(record: CertificateRecord): Promise<boolean>
  find(idempotencyKey: string): Promise<CertificateRecord | null>
  /** The records that there are, in any order. */
  findSerialNumbers(serialNumbers: readonly string[]): Promise<readonly CertificateRecord[]>

  /** Counts the changes of what `revoked` answers: every write after or before which a record's status is not GOOD. */
  revision(): Promise<number>
  /** Those with a serial number whose status is not GOOD and whose `notAfter` is at least `expiringFrom`. */
  revoked(expiringFrom: number): Promise<readonly RevokedRecord[]>
  latestCrl(scope: CrlScope): Promise<StoredCrl | null>
  /** Stores a CRL if its number is the latest one's + 1 (or 1), else answers false. */
  addCrl(scope: CrlScope, crl: StoredCrl): Promise<boolean>
}
