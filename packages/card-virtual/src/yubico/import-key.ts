import { type Answer, type Command, ok, refuse, SW } from '../apdu.ts'
import type { CardContext } from '../context.ts'
import { ALGORITHMS, importRsa, importScalar, type KeyAlgorithm } from '../crypto.ts'
import { COMMAND_CONDITIONS, isKeySlot, permits } from '../piv/access.ts'
import { readPolicies, storeKey } from '../piv/generate.ts'
import type { Volatile } from '../state.ts'
import { findValue, parseTlvs, type Tlv } from '../tlv.ts'

/** INS FE, P1 algorithm, P2 slot: RSA 01 p, 02 q (03–05 follow from them), EC 06, Ed25519 07, X25519 08, policies AA AB. */
export async function importKey(card: CardContext, status: Volatile, command: Command): Promise<Answer> {
  const algorithm = ALGORITHMS[command.p1]
  const known = algorithm && card.model.keyAlgorithms.includes(command.p1)
  if (!known || !isKeySlot(command.p2, card.model)) return refuse(SW.wrongP1P2)
  const items = parseTlvs(command.data)
  const policies = items && readPolicies(card, command.p2, items)
  if (!items || !policies) return refuse(SW.wrongData)
  if (!permits(COMMAND_CONDITIONS.importKey, status)) return refuse(SW.securityStatusNotSatisfied)
  const pkcs8 = readPrivateKey(algorithm, items)
  if (!pkcs8) return refuse(SW.wrongData)
  await storeKey(card, 'import', command.p2, { algorithm: command.p1, pkcs8, origin: 'imported', ...policies })
  return ok()
}

function readPrivateKey(algorithm: KeyAlgorithm, items: readonly Tlv[]): Uint8Array | undefined {
  if (algorithm.kind === 'rsa') {
    const [p, q, ...derived] = [0x01, 0x02, 0x03, 0x04, 0x05].map(tag => findValue(tag, items))
    const half = algorithm.bits / 16
    const complete = derived.every(value => value !== undefined && value.length <= half)
    return p && q && complete && p.length <= half && q.length <= half ? importRsa(algorithm.bits, p, q) : undefined
  }
  const tag = algorithm.kind === 'ec' ? 0x06 : algorithm.curve === 'Ed25519' ? 0x07 : 0x08
  const scalar = findValue(tag, items)
  return scalar && importScalar(algorithm, scalar)
}
