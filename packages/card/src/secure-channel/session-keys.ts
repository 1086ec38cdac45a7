import { concatBytes } from '../bytes.ts'
import type { AesKey } from './aes-key.ts'

/** Derivation constants (SCP03 v1.1.1 table 4-1). */
const CARD_CRYPTOGRAM = 0x00
const HOST_CRYPTOGRAM = 0x01
const S_ENC = 0x04
const S_MAC = 0x06
const S_RMAC = 0x07
const CRYPTOGRAM_BITS = 64

export type SessionKeys = { readonly enc: AesKey; readonly mac: AesKey; readonly rmac: AesKey }

/** `context` is host challenge ‖ card challenge. */
export interface SecureChannelKeys {
  /** Key version number; 0 = the card's default set. */
  readonly version: number
  /** S-ENC from ENC, S-MAC and S-RMAC from MAC, through deriveKeyBytes, wherever those keys live. */
  deriveSessionKeys(context: Uint8Array): SessionKeys | Promise<SessionKeys>
}

/** SP 800-108 counter mode with AES-CMAC (SCP03 v1.1.1 §4.1.5): label of 12 bytes, 00, L, i, context. */
function derive(key: Pick<AesKey, 'cmac'>, constant: number, bits: number, context: Uint8Array): Uint8Array {
  const label = new Uint8Array(12)
  label[11] = constant
  const blocks = Array.from({ length: Math.ceil(bits / 128) }, (_, i) =>
    key.cmac(concatBytes(label, Uint8Array.of(0x00, bits >> 8, bits & 0xff, i + 1), context)),
  )
  return concatBytes(...blocks).subarray(0, bits / 8)
}

/** The three session keys from the static ENC and MAC keys (SCP03 v1.1.1 §6.2.1). */
export function deriveSessionKeyBytes(
  enc: AesKey,
  mac: AesKey,
  context: Uint8Array,
): { readonly enc: Uint8Array; readonly mac: Uint8Array; readonly rmac: Uint8Array } {
  return {
    enc: derive(enc, S_ENC, enc.length * 8, context),
    mac: derive(mac, S_MAC, mac.length * 8, context),
    rmac: derive(mac, S_RMAC, mac.length * 8, context),
  }
}

/** 8 bytes with which the card proves that it derived the same S-MAC (§6.2.2.2). */
export function cardCryptogram(mac: AesKey, context: Uint8Array): Uint8Array {
  return derive(mac, CARD_CRYPTOGRAM, CRYPTOGRAM_BITS, context)
}

/** 8 bytes with which the host proves the same (§6.2.2.3). */
export function hostCryptogram(mac: AesKey, context: Uint8Array): Uint8Array {
  return derive(mac, HOST_CRYPTOGRAM, CRYPTOGRAM_BITS, context)
}
