import { type Answer, type Command, ok, refuse, SW } from '../apdu.ts'
import { toHex, uint } from '../bytes.ts'
import type { CardContext } from '../context.ts'
import { ALGORITHMS, generatePrivateKey, publicKeyObjects } from '../crypto.ts'
import { firmwareAtLeast } from '../models.ts'
import type { PrivateKey, Volatile } from '../state.ts'
import { parseOnly, parseTlvs, type Tlv, tlv } from '../tlv.ts'
import { COMMAND_CONDITIONS, defaultPinPolicy, isKeySlot, permits } from './access.ts'
import { writePiv } from './reference-data.ts'

/** SP 800-73pt2-5 §3.3.2; the control reference template may carry Yubico's policies AA and AB. */
export async function generateKeyPair(card: CardContext, status: Volatile, command: Command): Promise<Answer> {
  if (command.p1 !== 0 || !isKeySlot(command.p2, card.model)) return refuse(SW.wrongP1P2)
  const template = parseOnly(0xac, command.data)
  const items = template && parseTlvs(template)
  const [id] = items?.find(item => item.tag === 0x80)?.value ?? []
  if (!items || id === undefined) return refuse(SW.wrongData)
  const policies = readPolicies(card, command.p2, items)
  const algorithm = ALGORITHMS[id]
  if (!policies || !algorithm || !card.model.keyAlgorithms.includes(id)) return refuse(SW.wrongData)
  if (!permits(COMMAND_CONDITIONS.generate, status)) return refuse(SW.securityStatusNotSatisfied)
  const pkcs8 = await generatePrivateKey(algorithm, card.keyPool)
  await storeKey(card, 'generate', command.p2, { algorithm: id, pkcs8, origin: 'generated', ...policies })
  return ok(tlv(0x7f49, publicKeyObjects(algorithm, pkcs8)))
}

export function storeKey(card: CardContext, effect: string, reference: number, key: PrivateKey): Promise<void> {
  const keys = { ...card.state().piv.keys, [slotName(reference)]: key }
  return writePiv(card, `${effect}.${slotName(reference)}`, { keys })
}

export function slotName(reference: number): string {
  return toHex(uint(reference, 1))
}

/** PIN policy AA and touch policy AB with the slot's defaults filled in; undefined if the card does not know them. */
export function readPolicies(
  card: CardContext,
  reference: number,
  items: readonly Tlv[],
): { readonly pinPolicy: number; readonly touchPolicy: number } | undefined {
  const pin = items.find(item => item.tag === 0xaa)?.value
  const touch = items.find(item => item.tag === 0xab)?.value
  if ((pin || touch) && !firmwareAtLeast(card.model, 4, 0)) return undefined
  if ((pin && pin.length !== 1) || (touch && touch.length !== 1)) return undefined
  const [pinPolicy = 0, touchPolicy = 0] = [pin?.[0], touch?.[0]]
  // 4 and 5 (match on the card) belong to the Bio series.
  if (pinPolicy > 3 || touchPolicy > 3) return undefined
  return { pinPolicy: pinPolicy || defaultPinPolicy(reference), touchPolicy: touchPolicy || 1 }
}
