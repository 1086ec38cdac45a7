import type { Certificate } from '../certificate/parse.ts'
import { digest } from '../crypto.ts'
import { integer, octetString, sequence } from '../der/write.ts'
import { hashIdentifier } from '../key/card-signature.ts'
import { signatureHash } from '../key/signature-algorithm.ts'
import type { Signer } from '../key/signer.ts'
import { PkiError } from '../pki-error.ts'
import { CMS } from './content-type.ts'
import { signData } from './signed-data.ts'

export interface DataGroup {
  /** 1 to 16, as the mapping in tag BA assigns it. */
  readonly number: number
  /** The object's bytes as they are on the card. */
  readonly content: Uint8Array
}

/** LDSSecurityObject version 0: a hash of each data group, in ascending order (ICAO 9303-10 §4.6.2.3). */
export function encodeLdsSecurityObject(groups: readonly DataGroup[], hash: 'sha256' | 'sha384'): Uint8Array {
  const numbers = new Set(groups.map(group => group.number))
  if (groups.length === 0 || numbers.size !== groups.length || groups.some(({ number: n }) => !(n >= 1 && n <= 16))) {
    throw new PkiError('value-invalid', 'A security object covers 1 to 16 data groups with different numbers')
  }
  const hashes = groups
    .toSorted((a, b) => a.number - b.number)
    .map(group => sequence(integer(group.number), octetString(digest(hash, group.content))))
  return sequence(integer(0), hashIdentifier(hash), sequence(...hashes))
}

/**
 * Value of tag BB of the security object (SP 800-73pt1-5 §3.1.7): the LDSSecurityObject inside the CMS, no certificate, because
 * the reader has it from the CHUID, which the same signer signed.
 */
export function signSecurityObject(
  groups: readonly DataGroup[],
  certificate: Certificate,
  signer: Signer,
): Promise<Uint8Array> {
  const hash = signatureHash(signer.algorithm) === 'sha384' ? 'sha384' : 'sha256'
  return signData(
    {
      contentType: CMS.ldsSecurityObject,
      content: encodeLdsSecurityObject(groups, hash),
      detached: false,
      signerCertificate: certificate,
      includeCertificate: false,
      attributes: [],
    },
    signer,
  )
}
