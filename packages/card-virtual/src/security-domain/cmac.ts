import { bytes } from '../bytes.ts'
import { aesCbc } from '../crypto.ts'

const BLOCK = 16
const ZERO = new Uint8Array(BLOCK)

/** AES-CMAC, 16 bytes (SP 800-38B §6.2). */
export function cmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  const subkey = double(aesCbc('encrypt', key, ZERO, ZERO))
  const whole = message.length > 0 && message.length % BLOCK === 0
  const fill = BLOCK - 1 - (message.length % BLOCK)
  const padded = whole ? bytes(message) : bytes(message, 0x80, new Uint8Array(fill))
  const mask = whole ? subkey : double(subkey)
  const last = padded.length - BLOCK
  for (let i = 0; i < BLOCK; i++) padded[last + i] = (padded[last + i] ?? 0) ^ (mask[i] ?? 0)
  return aesCbc('encrypt', key, ZERO, padded).slice(-BLOCK)
}

/** Doubling in GF(2^128). */
function double(block: Uint8Array): Uint8Array {
  const carry = (block[0] ?? 0) >> 7
  const shifted = block.map((byte, i) => ((byte << 1) & 0xff) | ((block[i + 1] ?? 0) >> 7))
  shifted[BLOCK - 1] = (shifted[BLOCK - 1] ?? 0) ^ (carry ? 0x87 : 0)
  return shifted
}

/** SP 800-108 in counter mode as SCP03 v1.1.1 §4.1.5 uses it; `bits` long. */
export function deriveKey(key: Uint8Array, constant: number, bits: number, context: Uint8Array): Uint8Array {
  const block = (i: number) => cmac(key, bytes(new Uint8Array(11), constant, 0, bits >> 8, bits & 0xff, i, context))
  const blocks = Array.from({ length: Math.ceil(bits / 128) }, (_, i) => block(i + 1))
  return bytes(...blocks).slice(0, bits / 8)
}
