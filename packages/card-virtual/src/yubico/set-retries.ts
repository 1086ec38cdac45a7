import { type Answer, type Command, ok, refuse, SW } from '../apdu.ts'
import type { CardContext } from '../context.ts'
import { COMMAND_CONDITIONS, permits } from '../piv/access.ts'
import { writePiv } from '../piv/reference-data.ts'
import type { Volatile } from '../state.ts'

/** INS FA: P1 tries of the PIN, P2 of the PUK. It also puts back the factory PIN and PUK, which hosts tend to forget. */
export async function setRetries(card: CardContext, status: Volatile, command: Command): Promise<Answer> {
  if (command.p1 === 0 || command.p2 === 0) return refuse(SW.wrongP1P2)
  if (command.data.length > 0) return refuse(SW.wrongData)
  if (!permits(COMMAND_CONDITIONS.setRetries, status)) return refuse(SW.securityStatusNotSatisfied)
  const { factory } = card.state()
  await writePiv(card, 'retries', {
    pin: { value: factory.pin, tries: command.p1, left: command.p1 },
    puk: { value: factory.puk, tries: command.p2, left: command.p2 },
  })
  status.pinVerified = false
  status.pinUnused = false
  return ok()
}
