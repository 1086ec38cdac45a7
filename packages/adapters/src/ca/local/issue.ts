import { CertificateAuthorityError } from '@cardwright/core'
import { assembleSigned, type Signer, type TbsCertificate, toHex } from '@cardwright/pki'
import type { AuthorityStore, CertificateRecord } from './authority-store.ts'
import { contended, refused } from './refused.ts'

const ATTEMPTS = 20

const isSame = (a: Uint8Array, b: Uint8Array | null): boolean => b !== null && Buffer.compare(a, b) === 0

/** Signs, and tells the trouble of a locked or broken key store as what it is for the caller: the CA cannot be used now. */
export async function signWith(signer: Signer, data: Uint8Array): Promise<Uint8Array> {
  try {
    return await signer.sign(data)
  } catch (cause) {
    throw new CertificateAuthorityError('CA_UNREACHABLE', "The CA's key cannot be used now: see the log", { cause })
  }
}

/** Stored before anything is signed. `status` is GOOD, or ON_HOLD for a device that waits for its activation. */
export function intentOf(
  idempotencyKey: string,
  content: TbsCertificate,
  tbs: Uint8Array,
  hold: { readonly since: number } | null,
): CertificateRecord {
  return {
    idempotencyKey,
    version: 1,
    serialNumber: toHex(content.serialNumber).toUpperCase(),
    publicKeySpki: content.publicKey,
    tbs,
    certificate: null,
    status: hold ? 'ON_HOLD' : 'GOOD',
    reason: hold ? 'certificateHold' : null,
    statusSince: hold ? hold.since : null,
    notAfter: content.notAfter.getTime(),
  }
}

/**
 * Brings one intent to its certificate: intent, signature, evidence. Whoever comes first decides what is signed and with which
 * serial number, and whose signature counts; all others, at the same time or after a crash, get that very certificate.
 */
export async function completeIntent(
  store: AuthorityStore,
  issuing: Signer,
  intent: CertificateRecord,
): Promise<{ readonly certificate: Uint8Array; readonly serialNumber: string }> {
  let record: CertificateRecord | null = await store.intend(intent)
  for (let attempt = 0; record && attempt < ATTEMPTS; attempt++) {
    const { tbs, serialNumber, publicKeySpki, certificate, status } = record
    if (status === 'REVOKED') throw refused('This certificate was revoked or given up; a new one needs a new key')
    if (!tbs || !serialNumber || !publicKeySpki) throw refused('This certificate was given up before it was asked for')
    if (!isSame(publicKeySpki, intent.publicKeySpki))
      throw refused('Another key has been certified under the same name')
    if (certificate) return { certificate, serialNumber }
    const signed = assembleSigned(tbs, issuing.algorithm, await signWith(issuing, tbs))
    if (await store.save({ ...record, certificate: signed })) return { certificate: signed, serialNumber }
    record = await store.find(intent.idempotencyKey)
  }
  throw contended()
}
