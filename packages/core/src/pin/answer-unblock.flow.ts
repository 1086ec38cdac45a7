import {
  answerUnblockChallenge,
  readChallenge,
  type UnblockChallenge,
  UnblockError,
  writeAnswer,
} from '@cardwright/card'
import type { Actor } from '../audit/audit-record.ts'
import type { Device } from '../device/device.ts'
import { refusalOf } from '../issuance/failure.ts'
import { accept, type Outcome, RefusalError, refuse } from '../outcome/refusal.ts'
import type { KeyReference } from '../ports/keys.ts'
import { type PinPorts, pinDevice, pinFact } from './pin-device.flow.ts'
import { freshPuk, openPuk, storedPuk } from './stored-puk.flow.ts'

export type AnswerUnblock = {
  readonly deviceId: string
  /** As the user read it out (readChallenge of the card package). */
  readonly challenge: string
  readonly by: Actor
}

type Ports = Pick<PinPorts, 'store' | 'keys' | 'clock' | 'random'>

/**
 * Answers the challenge of a user far away (docs/pin.md). Nobody tells the server what became of the answer, so the PUK that
 * it gives the card stays pending until the card is at a reader again, and every answer until then gives the card that
 * same one: whichever answers were used, the card has the current or the pending PUK. The initial PIN is not told any
 * more (I-10).
 */
export const answerUnblock = async (
  ports: Ports,
  { deviceId, challenge: text, by }: AnswerUnblock,
): Promise<Outcome<{ readonly answer: string }>> => {
  try {
    const challenge = readChallenge(text)
    const answer = await ports.store.transaction(async tx => {
      const device = await pinDevice(tx, deviceId)
      const reference = keyFor(device, challenge)
      const { current, pending } = await storedPuk(tx, deviceId)
      // Raised for each answer: its parity alternates which PUK is tried first (find-puk.flow.ts), and of two that
      // answer at once one does so on top of the other.
      const saved = await tx.devices.save(device)
      if (!saved) throw new RefusalError(refuse('IN_PROGRESS_ELSEWHERE', { by: 'somebody else' }))
      const goal = pending ?? (await freshPuk(ports, current)).secret
      if (!pending) await tx.secrets.put(goal)
      await tx.secrets.wipe(deviceId, 'PIN')
      await tx.audit(pinFact(ports, device, by, 'pin.unblock-answered', {}))
      const key = await ports.keys.administrationKey(reference)
      const order = !pending ? 'only-current' : saved.version % 2 === 1 ? 'pending-first' : 'current-first'
      return answerUnblockChallenge(key, challenge, {
        current: await openPuk(ports, current),
        pending: await openPuk(ports, goal),
        order,
      })
    })
    return accept({ answer: writeAnswer(answer) })
  } catch (error) {
    if (error instanceof UnblockError) return refuse('CHALLENGE_MISTYPED', { groups: error.groups.join(', ') || '?' })
    const refusal = refusalOf(error)
    if (refusal.code === 'INTERNAL') throw error
    return refusal
  }
}

/**
 * After a lost answer to a change of the key the card has one of two. The challenge does not tell which, except by the
 * algorithm; else it is answered with the one that is certain to have been there. A wrong one costs nothing: the card
 * refuses the answer, and no try of its PUK is spent.
 */
const keyFor = (device: Device, { algorithm }: UnblockChallenge): KeyReference => {
  const ours = [device.administrationKey, device.pendingAdministrationKey]
    .filter(k => k !== null)
    .filter(k => k.kind !== 'well-known')
  if (ours.length === 0) throw new RefusalError(refuse('UNBLOCK_NEEDS_OWN_KEY'))
  const fitting = ours.find(k => k.algorithm === algorithm)
  if (!fitting) throw new RefusalError(refuse('CHALLENGE_OF_OTHER_CARD'))
  return fitting
}
