import type { AesKey } from '@cardwright/card'

/** SP 800-108r1 §4.1, counter mode with a 32-bit counter before the fixed input data, PRF AES-CMAC. `length` in octets. */
export function counterModeKdf(key: Pick<AesKey, 'cmac'>, fixedInput: Uint8Array, length: number): Uint8Array {
  const input = new Uint8Array(4 + fixedInput.length)
  input.set(fixedInput, 4)
  const out = new Uint8Array(Math.ceil(length / 16) * 16)
  for (let block = 0; block * 16 < length; block++) {
    new DataView(input.buffer).setUint32(0, block + 1)
    out.set(key.cmac(input), block * 16)
  }
  return out.slice(0, length)
}

/** Fixed input data: Label ‖ 00 ‖ Context ‖ [L]₃₂ with L in bits (SP 800-108r1 §4). The label must not hold a zero octet. */
export function fixedInputData(label: string, context: Uint8Array, length: number): Uint8Array {
  const text = new TextEncoder().encode(label)
  const out = new Uint8Array(text.length + 1 + context.length + 4)
  out.set(text)
  out.set(context, text.length + 1)
  new DataView(out.buffer).setUint32(out.length - 4, length * 8)
  return out
}
