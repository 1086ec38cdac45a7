import { type Answer, type Command, ok, refuse, SW } from '../apdu.ts'
import type { CardContext } from '../context.ts'
import { COMMAND_CONDITIONS, isKeySlot, permits } from '../piv/access.ts'
import { slotName } from '../piv/generate.ts'
import { writePiv } from '../piv/reference-data.ts'
import type { Volatile } from '../state.ts'

const DELETE = 0xff

/** INS F6, P1 = to (FF: delete), P2 = from. Policies travel with the key, the certificate object stays where it was. */
export async function moveKey(card: CardContext, status: Volatile, command: Command): Promise<Answer> {
  const { p1: to, p2: from } = command
  const toSlot = to === DELETE || (isKeySlot(to, card.model) && to !== 0xf9)
  if (!isKeySlot(from, card.model) || !toSlot || to === from || (from === 0xf9 && to !== DELETE)) {
    return refuse(SW.wrongP1P2)
  }
  if (!permits(COMMAND_CONDITIONS.moveKey, status)) return refuse(SW.securityStatusNotSatisfied)
  const { [slotName(from)]: key, ...others } = card.state().piv.keys
  if (!key) return refuse(SW.referenceNotFound)
  const keys = to === DELETE ? others : { ...others, [slotName(to)]: key }
  await writePiv(card, to === DELETE ? `delete.${slotName(from)}` : `move.${slotName(from)}.${slotName(to)}`, { keys })
  return ok()
}
