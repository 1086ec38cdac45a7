/** Joins byte strings; numbers are single bytes. */
export function bytes(...parts: readonly (number | ArrayLike<number>)[]): Uint8Array {
  const length = parts.reduce<number>((sum, part) => sum + (typeof part === 'number' ? 1 : part.length), 0)
  const out = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    if (typeof part === 'number') out[at++] = part
    else {
      out.set(part, at)
      at += part.length
    }
  }
  return out
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0)
  return difference === 0
}

/** Upper-case hex without separators. */
export function toHex(data: Uint8Array): string {
  return Array.from(data, byte => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()
}

/** Reads hex of any case; throws on anything else. */
export function fromHex(hex: string): Uint8Array {
  if (hex.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(hex)) throw new TypeError('not a hex string')
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16))
}

/** Unsigned big-endian; `size` bytes. */
export function uint(value: number, size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, i) => Math.floor(value / 2 ** (8 * (size - 1 - i))) % 256)
}
