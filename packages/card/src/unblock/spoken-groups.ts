/**
 * Numbers that one person reads out and another types, as groups of five characters: `7K3QM-X0D9A-…`. Four characters
 * of a group carry data, the fifth checks the group and its place, so that a slip is found in the group where it is; the
 * last bits of the whole check the whole. Crockford's alphabet: no I, L, O, U; I and L are read as 1, O as 0. No
 * cryptography in here: it finds slips, not forgeries.
 */

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const DATA_SYMBOLS = 4
const BITS_PER_GROUP = 5 * DATA_SYMBOLS

/** Fewest bits that check the whole. */
const MIN_CHECK_BITS = 8

export type ReadGroups =
  | { readonly ok: true; readonly value: bigint }
  /** Numbers of the groups with a slip, from 1; empty = each is right by itself, but they do not belong together. */
  | { readonly ok: false; readonly groups: readonly number[] }

/** How many groups carry `bits` bits. */
export function groupCount(bits: number): number {
  return Math.ceil((bits + MIN_CHECK_BITS) / BITS_PER_GROUP)
}

/** `kind` (one letter) tells apart what is read out: a challenge that is typed as an answer is a slip. */
export function writeGroups(kind: string, value: bigint, bits: number): string {
  const count = groupCount(bits)
  const checkBits = count * BITS_PER_GROUP - bits
  let rest = (value << BigInt(checkBits)) | checkOf(kind, value, bits, checkBits)
  const groups: string[] = []
  for (let index = count - 1; index >= 0; index--) {
    const symbols: number[] = []
    for (let i = 0; i < DATA_SYMBOLS; i++) {
      symbols.unshift(Number(rest & 31n))
      rest >>= 5n
    }
    groups.unshift([...symbols, groupCheck(symbols, index)].map(symbol => ALPHABET[symbol]).join(''))
  }
  return groups.join('-')
}

/** Spaces, dashes and case do not matter. Text of another length is a slip in the group where it ends or goes on. */
export function readGroups(kind: string, text: string, bits: number): ReadGroups {
  const count = groupCount(bits)
  const symbols = symbolsOf(text)
  const size = DATA_SYMBOLS + 1
  const wrong: number[] = []
  let whole = 0n
  for (let index = 0; index < count; index++) {
    const group = symbols.slice(index * size, (index + 1) * size)
    const data = group.slice(0, DATA_SYMBOLS)
    const isRight = group.length === size && !group.includes(-1) && group[DATA_SYMBOLS] === groupCheck(data, index)
    if (!isRight) wrong.push(index + 1)
    for (const symbol of data) whole = (whole << 5n) | BigInt(symbol & 31)
  }
  if (symbols.length > count * size) wrong.push(count + 1)
  if (wrong.length > 0) return { ok: false, groups: wrong }
  const checkBits = count * BITS_PER_GROUP - bits
  const value = whole >> BigInt(checkBits)
  const check = whole & ((1n << BigInt(checkBits)) - 1n)
  return check === checkOf(kind, value, bits, checkBits) ? { ok: true, value } : { ok: false, groups: [] }
}

/** Complete groups of a text, to guess what it is before it is read. */
export function countGroups(text: string): number {
  return Math.ceil(symbolsOf(text).length / (DATA_SYMBOLS + 1))
}

/** -1 = not a character of the alphabet. */
function symbolsOf(text: string): number[] {
  const plain = text.toUpperCase().replaceAll(/[\s-]/g, '')
  return Array.from(plain, character => ALPHABET.indexOf(character.replace(/[IL]/, '1').replace('O', '0')))
}

/**
 * A weighted sum over GF(32): another weight for each place finds every single wrong character and every exchange of two,
 * the number of the group finds groups in a wrong order.
 */
function groupCheck(data: readonly number[], index: number): number {
  return data.reduce((sum, symbol, i) => sum ^ timesPowerOfX(symbol, i + 1), (index + 1) & 31)
}

/** symbol · x^power modulo x^5 + x^2 + 1. */
function timesPowerOfX(symbol: number, power: number): number {
  let product = symbol
  for (let i = 0; i < power; i++) product = (product << 1) ^ (product & 16 ? 0b100101 : 0)
  return product
}

/** CRC-32 (ISO 3309) of kind and value, cut to `checkBits` bits. */
function checkOf(kind: string, value: bigint, bits: number, checkBits: number): bigint {
  let crc = 0xffffffff
  const add = (byte: number) => {
    crc ^= byte
    for (let i = 0; i < 8; i++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  add(kind.charCodeAt(0))
  for (let shift = 0; shift < bits; shift += 8) add(Number((value >> BigInt(shift)) & 255n))
  return BigInt(crc >>> 0) & ((1n << BigInt(checkBits)) - 1n)
}
