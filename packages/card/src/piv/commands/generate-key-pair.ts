import type { CardCommand } from '../../command.ts'
import { decodeTlv, encodeTlv } from '../../tlv/ber-tlv.ts'
import { KEY_ALGORITHMS, type KeyAlgorithm } from '../algorithms.ts'
import { PIN_POLICIES, type PinPolicy, TOUCH_POLICIES, type TouchPolicy } from '../keys/policies.ts'
import { decodePublicKey, type PublicKey } from '../keys/public-key.ts'
import { slotName, type WritableSlot } from '../references.ts'

export type KeyPolicies = { readonly pinPolicy?: PinPolicy; readonly touchPolicy?: TouchPolicy }

export type GenerateKeyPair = KeyPolicies & { readonly slot: WritableSlot; readonly algorithm: KeyAlgorithm }

/**
 * GENERATE ASYMMETRIC KEY PAIR (SP 800-73-5 part 2 §3.3.2). Replaces the slot's key for good; needs the administration
 * key. The standard knows slots 9A, 9C, 9D, 9E and no policies; retired slots, F9 and policies are Yubico's.
 */
export function generateKeyPair({ slot, algorithm, ...policies }: GenerateKeyPair): CardCommand<PublicKey> {
  const template = encodeTlv(
    0xac,
    encodeTlv(0x80, Uint8Array.of(KEY_ALGORITHMS[algorithm].id)),
    ...encodePolicies(policies),
  )
  return {
    name: `piv.generate-key-${slotName(slot).toLowerCase()}`,
    apdu: { cla: 0x00, ins: 0x47, p1: 0x00, p2: slot, data: template, le: 0 },
    decode: ({ data }) => decodePublicKey(decodeTlv(data, 0x7f49), algorithm),
  }
}

/** AA and AB, left out where the card's default is meant, because other cards refuse the tags. */
export function encodePolicies({ pinPolicy = 'default', touchPolicy = 'default' }: KeyPolicies): readonly Uint8Array[] {
  return [
    ...(pinPolicy === 'default' ? [] : [encodeTlv(0xaa, Uint8Array.of(PIN_POLICIES[pinPolicy]))]),
    ...(touchPolicy === 'default' ? [] : [encodeTlv(0xab, Uint8Array.of(TOUCH_POLICIES[touchPolicy]))]),
  ]
}
