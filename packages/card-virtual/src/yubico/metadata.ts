import { type Answer, type Command, ok, refuse, SW } from '../apdu.ts'
import { equalBytes } from '../bytes.ts'
import type { CardContext } from '../context.ts'
import { ALGORITHMS, publicKeyObjects } from '../crypto.ts'
import { isKeySlot } from '../piv/access.ts'
import { slotName } from '../piv/generate.ts'
import { REFERENCES } from '../piv/reference-data.ts'
import type { Volatile } from '../state.ts'
import { tlv } from '../tlv.ts'

/** INS F7: what a slot, the PIN, the PUK or the management key is; 6A88 for an empty slot. */
export function metadata(card: CardContext, _status: Volatile, command: Command): Answer {
  if (command.p1 !== 0) return refuse(SW.wrongP1P2)
  const { piv, factory } = card.state()
  const name = REFERENCES[command.p2]
  if (name) {
    const { value, tries, left } = piv[name]
    const isFactory = equalBytes(value, factory[name]) ? 1 : 0
    return ok(tlv(0x01, 0xff), tlv(0x05, isFactory), tlv(0x06, tries, left))
  }
  if (command.p2 === 0x9b) {
    const { algorithm, key, touchPolicy } = piv.administrationKey
    const isFactory = equalBytes(key, factory.administrationKey.key) ? 1 : 0
    return ok(tlv(0x01, algorithm), tlv(0x02, 0x00, touchPolicy), tlv(0x05, isFactory))
  }
  if (!isKeySlot(command.p2, card.model)) return refuse(SW.wrongP1P2)
  const key = piv.keys[slotName(command.p2)]
  const algorithm = key && ALGORITHMS[key.algorithm]
  if (!key || !algorithm) return refuse(SW.referenceNotFound)
  return ok(
    tlv(0x01, key.algorithm),
    tlv(0x02, key.pinPolicy, key.touchPolicy),
    tlv(0x03, key.origin === 'generated' ? 1 : 2),
    tlv(0x04, publicKeyObjects(algorithm, key.pkcs8)),
  )
}
