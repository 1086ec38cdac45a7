import { type Answer, type Command, ok, refuse, SW } from '../apdu.ts'
import { bytes } from '../bytes.ts'
import type { CardContext } from '../context.ts'
import { ALGORITHMS, agreeEc, agreeX25519, rawRsa, signDigest, signEd25519 } from '../crypto.ts'
import type { PrivateKey, Volatile } from '../state.ts'
import { findValue, type Tlv, tlv } from '../tlv.ts'
import { isKeySlot, mayAgree, mayUseKey } from './access.ts'
import { slotName } from './generate.ts'

/** Sign or decrypt (`82 00`, 81 data) and key agreement (`82 00`, 85 point): SP 800-73pt2-5 §3.2.4 and App. A. */
export function useKey(card: CardContext, status: Volatile, command: Command, items: readonly Tlv[]): Answer {
  if (!isKeySlot(command.p2, card.model) || command.p2 === 0xf9) return refuse(SW.wrongP1P2)
  const [challenge, response, exponentiation] = [0x81, 0x82, 0x85].map(tag => findValue(tag, items))
  if (response?.length !== 0 || items.length !== 2) return refuse(SW.wrongData)
  const key = card.state().piv.keys[slotName(command.p2)]
  if (!key) return refuse(SW.wrongData)
  // SP 800-73pt2-5 §3.2.4 says 6A86; YubiKeys say 6A80, which ykman relies on.
  if (key.algorithm !== command.p1) return refuse(card.model.firmware ? SW.wrongData : SW.wrongP1P2)
  if (!mayUseKey(key, status)) return refuse(SW.securityStatusNotSatisfied)
  const result = exponentiation
    ? mayAgree(command.p2, card.model) && agree(key, exponentiation)
    : challenge && maySign(card, command.p2, key) && compute(card, key, challenge)
  if (!result) return refuse(SW.wrongData)
  if (key.pinPolicy === 3) status.pinUnused = false
  return ok(tlv(0x7c, tlv(0x82, result)))
}

function maySign({ quirks }: CardContext, reference: number, key: PrivateKey): boolean {
  const isKeyManagement = reference === 0x9d || (reference >= 0x82 && reference <= 0x95)
  return !(quirks.keyManagementKeysOnlyAgree && isKeyManagement && ALGORITHMS[key.algorithm]?.kind === 'ec')
}

function agree(key: PrivateKey, peer: Uint8Array): Uint8Array | undefined {
  const algorithm = ALGORITHMS[key.algorithm]
  if (algorithm?.kind === 'ec') return agreeEc(algorithm, key.pkcs8, peer)
  if (algorithm?.kind === 'edwards' && algorithm.curve === 'X25519') return agreeX25519(key.pkcs8, peer)
  return undefined
}

function compute(card: CardContext, key: PrivateKey, data: Uint8Array): Uint8Array | undefined {
  const algorithm = ALGORITHMS[key.algorithm]
  if (algorithm?.kind === 'rsa') return data.length === algorithm.bits / 8 ? rawRsa(key.pkcs8, data) : undefined
  if (algorithm?.kind === 'ec') {
    // A digest shorter than the field is the same number with zeros in front; a longer one is not for this curve.
    if (data.length === 0 || data.length > algorithm.size) return undefined
    const padded = bytes(new Uint8Array(algorithm.size - data.length), data)
    return signDigest(algorithm, key.pkcs8, padded, card.random)
  }
  return algorithm?.kind === 'edwards' && algorithm.curve === 'Ed25519' ? signEd25519(key.pkcs8, data) : undefined
}
