import { bytes } from '../bytes.ts'
import { parseTlvs, tlv } from '../tlv.ts'

// Just enough DER (X.690) for attestation certificates; the card may not import the host's certificate package.

export function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return tlv(0x30, ...parts)
}

/** Unsigned integer, minimal. */
export function integer(value: ArrayLike<number>): Uint8Array {
  const all = Array.from(value)
  while (all.length > 1 && all[0] === 0) all.shift()
  return (all[0] ?? 0) > 0x7f ? tlv(0x02, 0, all) : tlv(0x02, all.length > 0 ? all : 0)
}

export function objectIdentifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return tlv(0x06, [40 * first + second, ...rest].flatMap(base128))
}

function base128(value: number): readonly number[] {
  const out = [value % 128]
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) out.unshift(0x80 | (rest % 128))
  return out
}

export function bitString(value: Uint8Array): Uint8Array {
  return tlv(0x03, 0, value)
}

export function octetString(value: ArrayLike<number>): Uint8Array {
  return tlv(0x04, value)
}

/** UTCTime up to 2049, GeneralizedTime after (RFC 5280 §4.1.2.5). */
export function time(at: Date): Uint8Array {
  const digits = at.toISOString().replace(/[-:T]/g, '').slice(0, 14)
  const text = at.getUTCFullYear() < 2050 ? `${digits.slice(2)}Z` : `${digits}Z`
  return tlv(at.getUTCFullYear() < 2050 ? 0x17 : 0x18, new TextEncoder().encode(text))
}

/** A name with a common name only. */
export function commonName(text: string): Uint8Array {
  const attribute = sequence(objectIdentifier('2.5.4.3'), tlv(0x0c, new TextEncoder().encode(text)))
  return sequence(tlv(0x31, attribute))
}

export function extension(oid: string, critical: boolean, value: Uint8Array): Uint8Array {
  const flag = critical ? tlv(0x01, 0xff) : bytes()
  return sequence(objectIdentifier(oid), flag, octetString(value))
}

/** Subject name of a certificate, as it stands in it; undefined if it is none. */
export function subjectOf(certificate: Uint8Array): Uint8Array | undefined {
  const outer = parseTlvs(certificate)?.[0]
  const toBeSigned = outer && parseTlvs(outer.value)?.[0]
  const fields = toBeSigned && parseTlvs(toBeSigned.value)
  const subject = fields?.[fields[0]?.tag === 0xa0 ? 5 : 4]
  return subject && tlv(subject.tag, subject.value)
}
