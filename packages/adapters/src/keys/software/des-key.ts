/** Weak and semi-weak DES keys with odd parity (SP 800-67r2 §3.3.2); encrypting with one can undo itself or another. */
const WEAK = new Set([
  '0101010101010101',
  'fefefefefefefefe',
  'e0e0e0e0f1f1f1f1',
  '1f1f1f1f0e0e0e0e',
  '011f011f010e010e',
  '1f011f010e010e01',
  '01e001e001f101f1',
  'e001e001f101f101',
  '01fe01fe01fe01fe',
  'fe01fe01fe01fe01',
  '1fe01fe00ef10ef1',
  'e01fe01ff10ef10e',
  '1ffe1ffe0efe0efe',
  'fe1ffe1ffe0efe0e',
  'e0fee0fef1fef1fe',
  'fee0fee0fef1fef1',
])

const bitCount = (octet: number): number => octet.toString(2).replaceAll('0', '').length

/** Sets the lowest bit of each octet so that the number of ones is odd (FIPS 46-3); the other bits are the key. */
export const withOddParity = (key: Uint8Array): Uint8Array =>
  key.map(octet => (octet & 0xfe) | (bitCount(octet & 0xfe) % 2 === 0 ? 1 : 0))

/** Whether 24 octets with odd parity are a sound 3-key TDEA key: three different parts, none of them weak. */
export function isSoundTripleDesKey(key: Uint8Array): boolean {
  const parts = [0, 8, 16].map(at => Buffer.from(key.subarray(at, at + 8)).toString('hex'))
  return key.length === 24 && new Set(parts).size === 3 && !parts.some(part => WEAK.has(part))
}
