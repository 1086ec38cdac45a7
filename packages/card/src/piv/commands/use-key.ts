import type { CardCommand } from '../../command.ts'
import { CardDataError } from '../../errors.ts'
import { type EcAlgorithm, KEY_ALGORITHMS, type KeyAlgorithm, type RsaAlgorithm } from '../algorithms.ts'
import { type KeySlot, slotName, type WritableSlot } from '../references.ts'
import { CHALLENGE, EXPONENTIATION, generalAuthenticate, RESPONSE, readTemplate } from './general-authenticate.ts'

const NOTHING = new Uint8Array(0)

/** Slots whose key may agree on a secret: no exponentiation on 9A, 9C, 9E (SP 800-73-5 part 1 §5.5). */
export type KeyManagementSlot = Exclude<KeySlot, 0x9a | 0x9c | 0x9e>

/**
 * Signs, or authenticates internally (SP 800-73-5 part 2 Appendix A.3, A.4). `input`: RSA the whole padded block,
 * ECDSA the digest, Ed25519 the message. Answer: RSA the block, ECDSA DER SEQUENCE { r, s }, Ed25519 64 bytes.
 */
export function sign(
  slot: WritableSlot,
  algorithm: Exclude<KeyAlgorithm, 'X25519'>,
  input: Uint8Array,
): CardCommand<Uint8Array> {
  const { id, family, bits } = KEY_ALGORITHMS[algorithm]
  const length = bits / 8
  if (family === 'rsa' && input.length !== length) throw new RangeError(`${algorithm} signs blocks of ${length} bytes`)
  if (family === 'ec' && input.length > length) throw new RangeError(`${algorithm} signs at most ${length} bytes`)
  // Some cards refuse a digest shorter than the field, so it is padded on the left, which changes no signature.
  const block = family === 'ec' ? padLeft(input, length) : input
  return generalAuthenticate({
    name: `piv.sign-${slotName(slot).toLowerCase()}`,
    algorithmId: id,
    reference: slot,
    objects: [
      [RESPONSE, NOTHING],
      [CHALLENGE, block],
    ],
    decode: data => readTemplate(data, RESPONSE, family === 'rsa' ? length : family === 'edwards' ? 64 : undefined),
  })
}

/** RSA decryption (Appendix A.5): the answer is the padded block, the host removes the padding. */
export function decrypt(
  slot: KeyManagementSlot,
  algorithm: RsaAlgorithm,
  ciphertext: Uint8Array,
): CardCommand<Uint8Array> {
  const { id, bits } = KEY_ALGORITHMS[algorithm]
  if (ciphertext.length !== bits / 8) throw new RangeError(`${algorithm} decrypts blocks of ${bits / 8} bytes`)
  return generalAuthenticate({
    name: 'piv.decrypt',
    algorithmId: id,
    reference: slot,
    secret: true,
    objects: [
      [RESPONSE, NOTHING],
      [CHALLENGE, ciphertext],
    ],
    decode: data => readTemplate(data, RESPONSE, bits / 8),
  })
}

/** ECDH (Appendix A.6): `peer` is 04 ‖ X ‖ Y (X25519: 32 bytes); the answer is the shared X coordinate. */
export function agreeOnSecret(
  slot: KeyManagementSlot,
  algorithm: EcAlgorithm | 'X25519',
  peer: Uint8Array,
): CardCommand<Uint8Array> {
  const { id, family, bits } = KEY_ALGORITHMS[algorithm]
  const expected = family === 'ec' ? 1 + bits / 4 : bits / 8
  if (peer.length !== expected) throw new RangeError(`${algorithm} takes a peer key of ${expected} bytes`)
  return generalAuthenticate({
    name: 'piv.agree-on-secret',
    algorithmId: id,
    reference: slot,
    secret: true,
    objects: [
      [RESPONSE, NOTHING],
      [EXPONENTIATION, peer],
    ],
    decode: data => {
      const secret = readTemplate(data, RESPONSE, bits / 8)
      if (secret.every(byte => byte === 0)) throw new CardDataError('the shared secret is zero')
      return secret
    },
  })
}

function padLeft(bytes: Uint8Array, length: number): Uint8Array {
  const padded = new Uint8Array(length)
  padded.set(bytes, length - bytes.length)
  return padded
}
