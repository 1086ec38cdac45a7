import type { Clock } from '@cardwright/core'
import {
  type Certificate,
  fromHex,
  issuerKeyIdentifier,
  type RevokedCertificate,
  type Signer,
  signCrl,
} from '@cardwright/pki'
import type { CrlTimes } from './authority-options.ts'
import type { AuthorityStore, CrlScope, StoredCrl } from './authority-store.ts'
import { signWith } from './issue.ts'
import { contended } from './refused.ts'

export type CrlPublisher = {
  /** The CRL to serve now: made anew when a status changed or the last one is old. */
  current(): Promise<StoredCrl>
}

const ATTEMPTS = 20

/** Seconds are all that a CRL can say; a thisUpdate in the future by a fraction would make it not yet valid. */
const wholeSecond = (ms: number): number => Math.floor(ms / 1000) * 1000

/** One CRL per scope, cached; makers on several servers agree through the number, which only one of them can take. */
export function crlPublisher(
  scope: CrlScope,
  store: AuthorityStore,
  clock: Clock,
  issuer: { readonly certificate: Certificate; readonly signer: Signer },
  times: CrlTimes,
): CrlPublisher {
  let cached: StoredCrl | null = null
  let running: Promise<StoredCrl> | null = null

  const isCurrent = (crl: StoredCrl, revision: number): boolean =>
    crl.revision === revision && clock() < crl.thisUpdate + times.refresh

  // The root signs the issuing CA only, whose revocation ends this CA; nothing of the store is in its CRL.
  const revisionNow = () => (scope === 'root' ? Promise.resolve(0) : store.revision())

  async function revokedSince(last: StoredCrl | null): Promise<RevokedCertificate[]> {
    if (scope === 'root') return []
    // RFC 5280 §3.3: an entry stays until it was on one CRL made after the certificate's expiry.
    const records = await store.revoked(last ? last.thisUpdate : 0)
    return records.flatMap(({ serialNumber, statusSince, reason }) =>
      serialNumber === null || statusSince === null
        ? []
        : [{ serialNumber: fromHex(serialNumber), revokedAt: new Date(statusSince), ...(reason && { reason }) }],
    )
  }

  async function make(): Promise<StoredCrl> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      // The revision is read before the entries: what changes in between is on this CRL and makes the next one due as well.
      const revision = await revisionNow()
      const last = await store.latestCrl(scope)
      if (last && isCurrent(last, revision)) return last
      const thisUpdate = wholeSecond(clock())
      const nextUpdate = thisUpdate + times.validity
      const number = (last?.number ?? 0) + 1
      const input = {
        issuer: issuer.certificate.subject.der,
        issuerKeyIdentifier: issuerKeyIdentifier(issuer.certificate),
        number: BigInt(number),
        thisUpdate: new Date(thisUpdate),
        nextUpdate: new Date(nextUpdate),
        revoked: await revokedSince(last),
      }
      const der = await signCrl(input, { ...issuer.signer, sign: data => signWith(issuer.signer, data) })
      const crl = { number, revision, der, thisUpdate, nextUpdate }
      if (await store.addCrl(scope, crl)) return crl
    }
    throw contended()
  }

  return {
    async current() {
      const revision = await revisionNow()
      if (cached && isCurrent(cached, revision)) return cached
      running ??= make().finally(() => {
        running = null
      })
      cached = await running
      return cached
    },
  }
}
