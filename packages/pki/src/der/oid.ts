import { malformed, PkiError } from '../pki-error.ts'

const encoded = new Map<string, Uint8Array>()
/** The cache serves the few dozen identifiers of this package; text from outside must not let it grow without bound. */
const CACHE_LIMIT = 1024
/** X.660 sets no limit; longer identifiers than this are not met in practice and only serve to exhaust a decoder. */
const MAX_CONTENTS = 64

/** Contents octets of an OBJECT IDENTIFIER (X.690 §8.19). */
export function encodeOid(dotted: string): Uint8Array {
  const known = encoded.get(dotted)
  if (known) return known
  if (!/^[0-2](\.(0|[1-9]\d*))+$/.test(dotted) || dotted.length > 200) {
    throw new PkiError('value-invalid', `"${dotted}" is not an object identifier`)
  }
  const arcs = dotted.split('.').map(BigInt)
  const [first = 0n, second = 0n, ...rest] = arcs
  if (first < 2n && second > 39n) throw new PkiError('value-invalid', `"${dotted}" is not an object identifier`)
  const out: number[] = []
  for (const arc of [first * 40n + second, ...rest]) {
    const septets = [Number(arc & 0x7fn)]
    for (let left = arc >> 7n; left > 0n; left >>= 7n) septets.unshift(Number(left & 0x7fn) | 0x80)
    out.push(...septets)
  }
  const bytes = Uint8Array.from(out)
  if (encoded.size < CACHE_LIMIT) encoded.set(dotted, bytes)
  return bytes
}

/** Dotted form of contents octets. */
export function decodeOid(contents: Uint8Array): string {
  const last = contents.at(-1)
  if (last === undefined || last >= 0x80) throw malformed('Object identifier is cut off')
  if (contents.length > MAX_CONTENTS) throw malformed(`Object identifier is longer than ${MAX_CONTENTS} octets`)
  const arcs: bigint[] = []
  let arc = 0n
  let starts = true
  for (const octet of contents) {
    if (starts && octet === 0x80) throw malformed('Object identifier has a padded arc')
    arc = (arc << 7n) | BigInt(octet & 0x7f)
    starts = octet < 0x80
    if (starts) {
      arcs.push(arc)
      arc = 0n
    }
  }
  const [head = 0n, ...rest] = arcs
  const first = head < 80n ? head / 40n : 2n
  return [first, head - first * 40n, ...rest].join('.')
}
