import { attemptsRemaining, changePuk } from '@cardwright/card'
import { RefusalError, refuse } from '../outcome/refusal.ts'
import type { Ledger } from './ledger.flow.ts'
import type { OpenCard } from './open-card.flow.ts'
import { TRIES_ON_UNCERTAIN_PUK } from './plan-issuance.ts'
import type { SealedSecrets } from './secrets.flow.ts'

/** A change from a PUK that the card may have to ours, in a round trip of its own. Answers the tries left, or null = done. */
const change = async (card: OpenCard, from: string, ours: string): Promise<number | null> => {
  const { results, stop } = await card.session.tryRun({
    ...changePuk(from, ours),
    // A bare 6300 tells of no tries left, so it ends the guessing.
    accept: ['9000', '63CX', '630X', '6300', '6983'],
    progress: 'set-puk',
    decode: ({ sw }) => sw,
  })
  if (stop) throw stop.error
  const [sw = 0] = results
  return sw === 0x9000 ? null : (attemptsRemaining(sw) ?? 0)
}

/**
 * After a lost answer the card has the factory PUK or ours, and does not tell which. The likelier one is tried first: the
 * factory's if the card went away during that very command (a card counts the try down before it changes anything), else
 * ours. A wrong guess costs a try, a right one gives all back; the second guess is made only while that leaves one for a
 * person. Afterwards the card has ours.
 */
export const settlePuk = async (ledger: Ledger, card: OpenCard, sealed: SealedSecrets): Promise<void> => {
  await ledger.save({ cardTouched: true, pukTries: ledger.issuance.pukTries + 1 })
  const ours = sealed.pukValue
  const last = ledger.previousError
  const interrupted = last?.code === 'CARD_REMOVED' && last.step === 'set-puk'
  const guesses = interrupted ? [card.facts.factoryPuk, ours] : [ours, card.facts.factoryPuk]
  for (const [i, guess] of guesses.entries()) {
    const left = await change(card, guess, ours)
    if (left === null)
      return ledger.save({ pukTries: 0 }, undefined, tx => tx.secrets.put({ ...sealed.puk, stage: 'CURRENT' }))
    if (i === 0 && left > 1) continue
    await giveUpOnPuk(ledger)
    throw new RefusalError(refuse(left === 0 ? 'CARD_PUK_BLOCKED' : 'CARD_PUK_UNKNOWN'))
  }
}

/** The card said that its PUK is none that we know: no later attempt may try again. */
export const giveUpOnPuk = (ledger: Ledger): Promise<void> => ledger.save({ pukTries: TRIES_ON_UNCERTAIN_PUK })
