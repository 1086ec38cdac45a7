import { TAG } from '../der/tag.ts'
import { time } from '../der/time.ts'
import { enumerated, lengthOfLength, octetString, oid, sequence, unsignedContents, writeHeader } from '../der/write.ts'
import { REVOCATION_REASON, type RevocationReason } from './revocation-reason.ts'

export const REASON_CODE = '2.5.29.21'

export interface RevokedCertificate {
  /** Big-endian magnitude. */
  readonly serialNumber: Uint8Array
  readonly revokedAt: Date
  readonly reason?: RevocationReason
}

/** crlEntryExtensions with the reason code. `unspecified` is said by leaving the extension out (RFC 5280 §5.3.1). */
function reasonExtension(reason: RevocationReason | undefined): Uint8Array {
  if (reason === undefined || reason === 'unspecified') return new Uint8Array(0)
  return sequence(sequence(oid(REASON_CODE), octetString(enumerated(REVOCATION_REASON[reason]))))
}

/** Memoises an encoder: a CRL of 100,000 entries has ten reasons, and many entries share a second. */
function remembered<K, V>(encode: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>()
  return key => {
    const value = known.get(key) ?? encode(key)
    known.set(key, value)
    return value
  }
}

/**
 * SEQUENCE OF revokedCertificates, written into one buffer in two passes: a CRL of 100,000 entries would otherwise be half a
 * million small arrays.
 */
export function encodeRevokedCertificates(entries: readonly RevokedCertificate[]): Uint8Array {
  const timeOf = remembered((ms: number) => time(new Date(ms)))
  const extensionOf = remembered(reasonExtension)
  const measured = entries.map(entry => {
    const serial = unsignedContents(entry.serialNumber)
    const date = timeOf(Math.floor(entry.revokedAt.getTime() / 1000) * 1000)
    const extension = extensionOf(entry.reason)
    const length = 1 + lengthOfLength(serial.length) + serial.length + date.length + extension.length
    return { serial, date, extension, length }
  })
  const total = measured.reduce((sum, { length }) => sum + 1 + lengthOfLength(length) + length, 0)
  const out = new Uint8Array(1 + lengthOfLength(total) + total)
  let at = writeHeader(out, 0, TAG.sequence, total)
  for (const { serial, date, extension, length } of measured) {
    at = writeHeader(out, at, TAG.sequence, length)
    at = writeHeader(out, at, TAG.integer, serial.length)
    for (const part of [serial, date, extension]) {
      out.set(part, at)
      at += part.length
    }
  }
  return out
}
