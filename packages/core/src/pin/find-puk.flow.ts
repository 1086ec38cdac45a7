import { attemptsRemaining, changePuk } from '@cardwright/card'
import type { OpenCard } from '../issuance/open-card.flow.ts'
import { RefusalError, refuse } from '../outcome/refusal.ts'
import type { StoredSecret } from '../ports/store.ts'
import { type PinPorts, pinDevice } from './pin-device.flow.ts'
import { insistUnchanged, openPuk, type StoredPuk, settlePukAs } from './stored-puk.flow.ts'

/**
 * An answer was lost earlier, or the help desk answered a user far away: the card has one of two PUKs and does not tell
 * which. One is tried, in a round trip of its own; the card's yes or no settles both, and is stored before anything
 * else happens. Which one is tried first alternates: a lost answer to a wrong guess costs a try, and the next guess is
 * then the right one, which gives all tries back. Never spends a last try on a guess.
 */
export const findPuk = async (
  ports: PinPorts,
  card: OpenCard,
  deviceId: string,
  known: StoredPuk,
): Promise<StoredPuk> => {
  if (!known.pending) return known
  const { current, pending } = known
  if (card.facts.puk.left !== null && card.facts.puk.left <= 1) throw new RefusalError(refuse('CARD_PUK_UNKNOWN'))
  const [guess, other] = (await isOddGuess(ports, deviceId, known)) ? [pending, current] : [current, pending]
  const [from, to] = [await openPuk(ports, guess), await openPuk(ports, pending)]
  const { results, stop } = await card.session.tryRun({
    ...changePuk(from, to),
    accept: ['9000', '63CX', '630X', '6300', '6983'],
    decode: ({ sw }) => sw,
  })
  if (stop) throw stop.error
  const [sw = 0] = results
  const settle = (secret: StoredSecret): Promise<StoredPuk> =>
    ports.store.transaction(async tx => {
      await insistUnchanged(tx, deviceId, known)
      return settlePukAs(tx, secret)
    })
  if (sw === 0x9000) return settle(pending)
  const left = attemptsRemaining(sw) ?? 0
  if (sw === 0x6983 || (left === 0 && sw !== 0x6300)) throw new RefusalError(refuse('CARD_PUK_BLOCKED'))
  const settled = await settle(other)
  if (left <= 1) throw new RefusalError(refuse('PUK_LAST_TRY'))
  return settled
}

/** Raises the device's version before each guess, here and in answer-unblock.flow.ts, so that its parity alternates. */
const isOddGuess = (ports: PinPorts, deviceId: string, known: StoredPuk): Promise<boolean> =>
  ports.store.transaction(async tx => {
    const device = await pinDevice(tx, deviceId)
    await insistUnchanged(tx, deviceId, known)
    const saved = await tx.devices.save(device)
    if (!saved) throw new RefusalError(refuse('IN_PROGRESS_ELSEWHERE', { by: 'somebody else' }))
    return saved.version % 2 === 1
  })
