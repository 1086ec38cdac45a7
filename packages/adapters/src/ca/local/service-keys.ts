import {
  type Certificate,
  contentSigning,
  encodeTbsCertificate,
  type Issuer,
  issuingCa,
  keyIdentifier,
  nameOf,
  ocspResponder,
  type ProfileResult,
  parseCertificate,
  rootCa,
  type Signer,
  serialNumberFrom,
  signCertificate,
  type TbsCertificate,
  toHex,
} from '@cardwright/pki'
import { DAY, type LocalAuthorityOptions } from './authority-options.ts'
import type { AuthorityRecord, CertifiedKey } from './authority-store.ts'
import { refused } from './refused.ts'

/** Clocks of relying parties run late, and a CA that is not valid yet makes every certificate below it invalid. */
const BACKDATE = DAY
const ROOT_DAYS = 7300
const ISSUING_DAYS = 3650
const CONTENT_SIGNER_DAYS = 3280
const RESPONDER_DAYS = 90

/** Key purposes; a handle opens only for the purpose it was made for. */
export const PURPOSE_OF = {
  root: 'ca-root',
  issuing: 'ca-issuing',
  contentSigner: 'content-signer',
  ocspResponder: 'ocsp-responder',
} as const

export const accepted = (result: ProfileResult): TbsCertificate => {
  if (result.ok) return result.tbs
  throw refused(result.refusals.map(({ message }) => message).join('; '))
}

const name = ({ organization, name }: LocalAuthorityOptions, role: string) => [
  ...organization,
  ...nameOf(['CN', `${name} ${role}`]),
]

/** Root and issuing CA with fresh keys. Nothing of it counts until the record is stored. */
export async function makeAuthority(options: LocalAuthorityOptions): Promise<AuthorityRecord> {
  const { keys, clock, random, urls, algorithm = 'ecdsa-p384-sha384' } = options
  const [root, issuing] = await Promise.all([
    keys.createSigningKey(PURPOSE_OF.root, algorithm),
    keys.createSigningKey(PURPOSE_OF.issuing, algorithm),
  ])
  const notBefore = clock() - BACKDATE
  const request = (signer: Signer, role: string, days: number) => ({
    subject: name(options, role),
    publicKey: signer.publicKeySpki,
    serialNumber: serialNumberFrom(random(16)),
    notBefore: new Date(notBefore),
    notAfter: new Date(notBefore + days * DAY),
  })
  const rootCertificate = await signCertificate(
    accepted(rootCa(request(root.signer, 'Root CA', ROOT_DAYS))),
    root.signer,
  )
  const issuer: Issuer = {
    certificate: parseCertificate(rootCertificate),
    crlUrls: [urls.rootCrl],
    caIssuersUrls: [urls.rootCertificate],
    ocspUrls: [],
  }
  const issuingTbs = accepted(issuingCa(request(issuing.signer, 'Issuing CA', ISSUING_DAYS), issuer))
  return {
    version: 1,
    root: { certificate: rootCertificate, keyHandle: root.handle },
    issuing: { certificate: await signCertificate(issuingTbs, root.signer), keyHandle: issuing.handle },
    contentSigner: null,
    ocspResponder: null,
  }
}

export type Service = 'contentSigner' | 'ocspResponder'

/**
 * Renewed this long before the end. A content signer must outlive the cards it signs for (FIPS 201-3 §4.2.1: the 9E
 * certificate, at most 1096 days); a responder just the outages of its CA.
 */
const RENEW_BEFORE: Readonly<Record<Service, number>> = { contentSigner: 1100 * DAY, ocspResponder: 30 * DAY }

export const renewalTime = (service: Service, key: CertifiedKey): number =>
  parseCertificate(key.certificate).notAfter.getTime() - RENEW_BEFORE[service]

/** What a service's new certificate says; the issuing CA has the last word on how long it can be. */
export function serviceCertificate(
  options: LocalAuthorityOptions,
  service: Service,
  signer: Signer,
  issuer: Issuer,
): { readonly idempotencyKey: string; readonly tbs: TbsCertificate } {
  const now = options.clock()
  const isResponder = service === 'ocspResponder'
  const days = isResponder ? RESPONDER_DAYS : CONTENT_SIGNER_DAYS
  const begin = Math.max(now - BACKDATE, issuer.certificate.notBefore.getTime())
  const request = {
    subject: name(options, isResponder ? 'OCSP Responder' : 'Content Signer'),
    publicKey: signer.publicKeySpki,
    serialNumber: serialNumberFrom(options.random(16)),
    notBefore: new Date(begin),
    notAfter: new Date(Math.min(begin + days * DAY, issuer.certificate.notAfter.getTime())),
  }
  const tbs = accepted(isResponder ? ocspResponder(request, issuer) : contentSigning(request, issuer))
  return { idempotencyKey: `service:${service}:${toHex(keyIdentifier(signer.publicKeySpki))}`, tbs }
}

export const encodedTbs = (tbs: TbsCertificate, issuing: Signer): Uint8Array =>
  encodeTbsCertificate(tbs, issuing.algorithm)

export const issuerOf = (certificate: Certificate, { urls }: LocalAuthorityOptions): Issuer => ({
  certificate,
  crlUrls: [urls.issuingCrl],
  caIssuersUrls: [urls.issuingCertificate],
  ocspUrls: [urls.ocsp],
})
