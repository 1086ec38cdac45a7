import { concatBytes } from '../bytes.ts'
import type { CardCommand } from '../command.ts'
import { type EcAlgorithm, KEY_ALGORITHMS, type RsaAlgorithm } from '../piv/algorithms.ts'
import { encodePolicies, type KeyPolicies } from '../piv/commands/generate-key-pair.ts'
import { slotName, type WritableSlot } from '../piv/references.ts'
import { encodeTlv } from '../tlv/ber-tlv.ts'

/** RSA numbers are unsigned big-endian, of at most half the modulus' length; exponent 65537 is understood. */
export type PrivateKey =
  | {
      readonly algorithm: RsaAlgorithm
      readonly p: Uint8Array
      readonly q: Uint8Array
      readonly dP: Uint8Array
      readonly dQ: Uint8Array
      readonly qInv: Uint8Array
    }
  | { readonly algorithm: EcAlgorithm | 'Ed25519' | 'X25519'; readonly scalar: Uint8Array }

const SCALAR_TAGS = { 'P-256': 0x06, 'P-384': 0x06, Ed25519: 0x07, X25519: 0x08 } as const

/** IMPORT KEY, INS FE: for archived decryption keys. Such a key cannot be attested. */
export function importKey(slot: WritableSlot, key: PrivateKey, policies: KeyPolicies = {}): CardCommand<void> {
  return {
    name: `yubico.import-key-${slotName(slot).toLowerCase()}`,
    apdu: {
      cla: 0x00,
      ins: 0xfe,
      p1: KEY_ALGORITHMS[key.algorithm].id,
      p2: slot,
      data: concatBytes(...encodeKey(key), ...encodePolicies(policies)),
    },
    secret: true,
    decode: () => undefined,
  }
}

function encodeKey(key: PrivateKey): readonly Uint8Array[] {
  const bytes = KEY_ALGORITHMS[key.algorithm].bits / 8
  if ('scalar' in key) return [encodeTlv(SCALAR_TAGS[key.algorithm], padLeft(key.scalar, bytes))]
  return [key.p, key.q, key.dP, key.dQ, key.qInv].map((number, i) => encodeTlv(i + 1, padLeft(number, bytes / 2)))
}

function padLeft(number: Uint8Array, length: number): Uint8Array {
  const zeros = number.length - length
  if (zeros > 0 && number.subarray(0, zeros).some(byte => byte !== 0)) {
    throw new RangeError('a number of the private key is longer than its algorithm allows')
  }
  const padded = new Uint8Array(length)
  padded.set(number.subarray(Math.max(0, zeros)), Math.max(0, -zeros))
  return padded
}
