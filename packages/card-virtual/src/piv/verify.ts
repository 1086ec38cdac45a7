import { type Answer, type Command, ok, refuse, SW, triesLeft } from '../apdu.ts'
import type { CardContext } from '../context.ts'
import type { Volatile } from '../state.ts'
import { compareReference, REFERENCES, replaced, wellFormed, writePiv } from './reference-data.ts'

/** SP 800-73pt2-5 §3.2.1: compare, query (no data) and log out (P1 = FF). */
export async function verify(card: CardContext, status: Volatile, command: Command): Promise<Answer> {
  // VERIFY knows the PIN only: the PUK is compared by the commands that use it.
  if (command.p2 !== 0x80) return refuse(SW.referenceNotFound)
  if (command.p1 === 0xff) {
    if (command.data.length > 0) return refuse(SW.wrongData)
    status.pinVerified = false
    status.pinUnused = false
    return ok()
  }
  if (command.p1 !== 0x00) return refuse(SW.wrongP1P2)
  const { left } = card.state().piv.pin
  if (command.data.length === 0) {
    if (status.pinVerified) return ok()
    return left === 0 ? refuse(SW.blocked) : triesLeft(left)
  }
  if (command.data.length !== 8) return refuse(SW.wrongData)
  if (left === 0) return refuse(SW.blocked)
  if (card.model.strictPinFormat && !wellFormed(card.model, 'pin', command.data)) return refuse(SW.wrongData)
  status.pinVerified = false
  status.pinUnused = false
  const result = await compareReference(card, 'pin', command.data)
  if (result === 'blocked') return refuse(SW.blocked)
  if (result !== 'right') return triesLeft(result.left)
  status.pinVerified = true
  status.pinUnused = true
  return ok()
}

/** SP 800-73pt2-5 §3.2.2. A badly formed new value behind a right old one costs no try. */
export async function changeReferenceData(card: CardContext, status: Volatile, command: Command): Promise<Answer> {
  const name = REFERENCES[command.p2]
  if (command.p1 !== 0x00) return refuse(SW.wrongP1P2)
  if (!name) return refuse(SW.referenceNotFound)
  if (command.data.length !== 16) return refuse(SW.wrongData)
  const [old, next] = [command.data.slice(0, 8), command.data.slice(8)]
  if (name === 'pin') {
    status.pinVerified = false
    status.pinUnused = false
  }
  const result = await compareReference(card, name, old)
  if (result === 'blocked') return refuse(SW.blocked)
  if (result !== 'right') return triesLeft(result.left)
  if (!wellFormed(card.model, name, next)) return refuse(malformedReference(card))
  await writePiv(card, `${name}.change`, { [name]: replaced(card.state().piv[name], next) })
  if (name === 'pin') {
    status.pinVerified = true
    status.pinUnused = true
  }
  return ok()
}

/** SP 800-73pt2-5 §3.2.3. Sets the PIN by means of the PUK; does not verify the PIN. */
export async function resetRetryCounter(card: CardContext, _status: Volatile, command: Command): Promise<Answer> {
  if (command.p1 !== 0x00) return refuse(SW.wrongP1P2)
  if (command.p2 !== 0x80) return refuse(SW.referenceNotFound)
  if (command.data.length !== 16) return refuse(SW.wrongData)
  const [puk, pin] = [command.data.slice(0, 8), command.data.slice(8)]
  const result = await compareReference(card, 'puk', puk)
  if (result === 'blocked') return refuse(SW.blocked)
  if (result !== 'right') return triesLeft(result.left)
  if (!wellFormed(card.model, 'pin', pin)) return refuse(malformedReference(card))
  await writePiv(card, 'pin.reset', { pin: replaced(card.state().piv.pin, pin) })
  return ok()
}

function malformedReference(card: CardContext): number {
  return card.model.strictPinFormat ? SW.wrongData : SW.conditionsNotSatisfied
}
