import type { RevocationReason } from '../credential/credential.ts'
import type { CertificateProfile } from '../policy/device-policy.ts'

/** Everything a profile may put into a certificate; a profile takes what it needs and refuses what is missing. */
export type CertificateSubject = {
  readonly displayName: string
  readonly givenName: string | null
  readonly familyName: string | null
  readonly email: string | null
  readonly upn: string | null
  readonly sid: string | null
  readonly employeeNumber: string | null
  readonly department: string | null
  readonly organisation: string
  /** For PKINIT: the UPN's local part and its domain in upper case (MIT and Heimdal convention). */
  readonly kerberos: { readonly principal: string; readonly realm: string } | null
  readonly cardUuid: string
  readonly cardholderUuid: string
  /** FASC-N, 25 bytes. */
  readonly fascN: Uint8Array
}

export type IssueCertificate = {
  /** Names the thing, not the attempt: issuance + slot + SHA-256 of the public key. Same key = same certificate. */
  readonly idempotencyKey: string
  readonly profile: CertificateProfile
  readonly subject: CertificateSubject
  readonly publicKeySpki: Uint8Array
  /** PKCS#10 signed by the card's key where the policy asks for proof of possession. */
  readonly csr: Uint8Array | null
  readonly notBefore: number
  readonly notAfter: number
  /** Issue on hold: for devices that wait for activation (P-6). */
  readonly onHold: boolean
}

export type IssuedCertificate = {
  readonly certificate: Uint8Array
  /** Issuing CA first, root last. */
  readonly chain: readonly Uint8Array[]
  /** Upper-case hex. */
  readonly serialNumber: string
}

export type ChangeCertificateStatus = {
  readonly serialNumber: string
  readonly change: 'hold' | 'resume' | 'revoke'
  readonly reason: RevocationReason
}

/**
 * Owned by the core, implemented by adapters/ca. Every method may be called again with the same request.
 * Throws CertificateAuthorityError (`code`: CA_UNREACHABLE, CA_TIMEOUT, CA_REFUSED with `detail`).
 */
export interface CertificateAuthority {
  readonly id: string
  issue(request: IssueCertificate): Promise<IssuedCertificate>
  /** Resuming or holding a revoked certificate is CA_REFUSED; repeating a change is success. */
  changeStatus(request: ChangeCertificateStatus): Promise<void>
  /**
   * After this no valid certificate exists for the key, whether the issue got lost, is late, or is still under way:
   * revoked if issued, refused if not yet.
   */
  abandon(request: { readonly idempotencyKey: string; readonly reason: RevocationReason }): Promise<void>
}

/**
 * Signs what the issuer vouches for on the card, with a content signing certificate (id-PIV-content-signing,
 * SP 800-73-5 part 1 §3.1.2 and §3.1.7): the CHUID (detached CMS over its TLVs) and the security object (CMS over the
 * LDSSecurityObject of the given data groups). Answers DER. Same errors as the CA.
 */
export interface ContentSigner {
  signChuid(request: { readonly signedBytes: Uint8Array }): Promise<Uint8Array>
  signSecurityObject(request: {
    /** Data group number (1–16) and the bytes of the object that it stands for. */
    readonly groups: readonly { readonly number: number; readonly content: Uint8Array }[]
  }): Promise<Uint8Array>
}

export class CertificateAuthorityError extends Error {
  readonly code: 'CA_UNREACHABLE' | 'CA_TIMEOUT' | 'CA_REFUSED'
  constructor(code: CertificateAuthorityError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CertificateAuthorityError'
    this.code = code
  }
}
