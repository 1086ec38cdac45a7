import type { CertificateAuthority, ContentSigner } from '@cardwright/core'
import {
  HOLDER_PROFILES,
  parseCertificate,
  type Signer,
  serialNumberFrom,
  signChuid,
  signSecurityObject,
} from '@cardwright/pki'
import { ocspAnswerer } from './answer-ocsp.ts'
import { DAY, HOUR, type LocalAuthorityOptions } from './authority-options.ts'
import type { AuthorityRecord, StoredCrl } from './authority-store.ts'
import { abandon, changeStatus } from './change-status.ts'
import { checkProof, holderRequest } from './holder-request.ts'
import { completeIntent, intentOf } from './issue.ts'
import { crlPublisher } from './publish-crl.ts'
import { accepted, encodedTbs, issuerOf, makeAuthority, PURPOSE_OF } from './service-keys.ts'
import { serviceRenewal } from './service-renewal.ts'

/** The built-in CA: the core's two ports, and what the server publishes. DER everywhere. */
export type LocalAuthority = CertificateAuthority &
  ContentSigner & {
    readonly rootCertificate: Uint8Array
    readonly issuingCertificate: Uint8Array
    rootCrl(): Promise<StoredCrl>
    issuingCrl(): Promise<StoredCrl>
    answerOcsp(request: Uint8Array): Promise<Uint8Array>
  }

/**
 * Opens the CA in the store, or makes root and issuing CA when there is none; two servers that start at once end up with the
 * same one. Throws KeysError when the store's CA was made with another master secret.
 */
export async function openLocalAuthority(
  options: LocalAuthorityOptions & { readonly onFailure: (error: unknown) => void },
): Promise<LocalAuthority> {
  const { store, keys, clock, random } = options
  const record: AuthorityRecord =
    (await store.loadAuthority()) ?? (await store.createAuthority(await makeAuthority(options)))
  const [rootSigner, issuingSigner] = await Promise.all([
    keys.openSigningKey(PURPOSE_OF.root, record.root.keyHandle),
    keys.openSigningKey(PURPOSE_OF.issuing, record.issuing.keyHandle),
  ])
  const root = { certificate: parseCertificate(record.root.certificate), signer: rootSigner }
  const issuing = { certificate: parseCertificate(record.issuing.certificate), signer: issuingSigner }
  const issuer = issuerOf(issuing.certificate, options)
  const chain = [record.issuing.certificate, record.root.certificate]

  const service = serviceRenewal(options, issuing.signer, issuer)
  const responder = async () => service('ocspResponder')
  const contentSigner = async (): Promise<[ReturnType<typeof parseCertificate>, Signer]> => {
    const { certificate, signer } = await service('contentSigner')
    return [parseCertificate(certificate), signer]
  }
  // Made now, so that the first card or client does not wait for it and trouble with the keys shows at the start.
  await responder()
  await contentSigner()

  const issuingTimes = { validity: 7 * DAY, refresh: DAY, ...options.crl }
  const rootCrl = crlPublisher('root', store, clock, root, { validity: 365 * DAY, refresh: 180 * DAY })
  const issuingCrl = crlPublisher('issuing', store, clock, issuing, issuingTimes)
  const { onFailure, ocspValidity = HOUR / 4 } = options

  return {
    id: options.id,
    rootCertificate: record.root.certificate,
    issuingCertificate: record.issuing.certificate,
    rootCrl: () => rootCrl.current(),
    issuingCrl: () => issuingCrl.current(),
    answerOcsp: ocspAnswerer(store, clock, issuing.certificate, responder, { validity: ocspValidity, onFailure }),

    async issue(request) {
      checkProof(request)
      const serialNumber = serialNumberFrom(random(16))
      const policies = options.policies?.[request.profile]
      const wanted = holderRequest(request, serialNumber, options.organization, policies)
      const content = accepted(HOLDER_PROFILES[request.profile](wanted, issuer))
      const hold = request.onHold ? { since: clock() } : null
      const intent = intentOf(request.idempotencyKey, content, encodedTbs(content, issuing.signer), hold)
      return { ...(await completeIntent(store, issuing.signer, intent)), chain }
    },
    changeStatus: request => changeStatus(store, clock, request),
    abandon: request => abandon(store, clock, request),

    async signChuid({ signedBytes }) {
      return signChuid(signedBytes, ...(await contentSigner()))
    },
    async signSecurityObject({ groups }) {
      return signSecurityObject(groups, ...(await contentSigner()))
    },
  }
}
