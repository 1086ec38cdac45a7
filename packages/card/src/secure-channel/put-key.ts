import { concatBytes, constantTimeEqual } from '../bytes.ts'
import type { CardCommand } from '../command.ts'
import { CardDataError } from '../errors.ts'
import { type AesKey, BLOCK } from './aes-key.ts'

const KEY_TYPE_AES = 0x88
const CHECK_VALUE = 3

/** A new key as bytes, with what is needed to compute its check value. */
export type NewKey = { readonly bytes: Uint8Array; readonly key: AesKey }

export type PutKeys = {
  /** Version to replace; 0 = a new set. */
  readonly replaces: number
  /** 1 to 7F. */
  readonly version: number
  readonly keys: { readonly enc: NewKey; readonly mac: NewKey; readonly dek: NewKey }
  /** The static DEK of the set that opened the channel. */
  readonly encryptWith: AesKey
  /** YubiKeys want no inner length byte. */
  readonly form: 'globalplatform' | 'yubikey'
}

/**
 * PUT KEY with three AES keys (SCP03 v1.1.1 §7.2, table 7-10): send it wrapped. The answer repeats version and check
 * values; a difference means that the card holds other keys than we think.
 */
export function putKeys({ replaces, version, keys, encryptWith, form }: PutKeys): CardCommand<void> {
  if (version < 1 || version > 0x7f) throw new RangeError('a key version is 1 to 127')
  const all = [keys.enc, keys.mac, keys.dek]
  const checks = concatBytes(...all.map(({ key }) => checkValue(key)))
  const expected = concatBytes(Uint8Array.of(version), checks)
  return {
    name: 'secure-channel.put-keys',
    apdu: {
      cla: 0x80,
      ins: 0xd8,
      p1: replaces,
      p2: 0x81,
      data: concatBytes(Uint8Array.of(version), ...all.map(key => keyField(key, encryptWith, form))),
      le: 0,
    },
    secret: true,
    decode: ({ data }) => {
      if (!constantTimeEqual(data, expected)) throw new CardDataError('the card stored other keys than were sent')
    },
  }
}

/** First 3 bytes of the encryption of 16 bytes 01 (GlobalPlatform Card Specification 2.3.1 §B.6). */
export function checkValue(key: AesKey): Uint8Array {
  return key.encryptBlock(new Uint8Array(BLOCK).fill(0x01)).subarray(0, CHECK_VALUE)
}

function keyField({ bytes, key }: NewKey, encryptWith: AesKey, form: PutKeys['form']): Uint8Array {
  const padded = new Uint8Array(Math.ceil(bytes.length / BLOCK) * BLOCK)
  padded.set(bytes)
  const encrypted = encryptWith.encryptCbc(new Uint8Array(BLOCK), padded)
  const lengths = form === 'yubikey' ? [encrypted.length] : [encrypted.length + 1, bytes.length]
  return concatBytes(Uint8Array.of(KEY_TYPE_AES, ...lengths), encrypted, Uint8Array.of(CHECK_VALUE), checkValue(key))
}
