import { attemptsRemaining, CardStatusError, describeStatus } from '@cardwright/card'
import { type Refusal, refuse } from '../outcome/refusal.ts'

/** What a status word to RESET RETRY COUNTER or CHANGE REFERENCE DATA is about (SP 800-73-5 part 2 §3.2.2, §3.2.3). */
export type PinStatusMeaning =
  | { readonly about: 'secret'; readonly left: number | null }
  | { readonly about: 'new-value' }
  | { readonly about: 'other' }

/** A bare 6300 (YubiKey NEO) says "wrong" without telling the tries. */
export const meaningOfPinStatus = (sw: number): PinStatusMeaning => {
  const left = attemptsRemaining(sw)
  if (left !== undefined || sw === 0x6300) return { about: 'secret', left: left ?? null }
  return sw === 0x6a80 || sw === 0x6985 ? { about: 'new-value' } : { about: 'other' }
}

/** The holder's old PIN was wrong, or the new one is against the card's own rules; null = neither. */
export const refusalOfPinChange = (error: unknown): Refusal | null => {
  if (!(error instanceof CardStatusError)) return null
  const meaning = meaningOfPinStatus(error.sw)
  if (meaning.about === 'secret')
    return meaning.left === 0 ? refuse('PIN_BLOCKED') : refuse('PIN_WRONG', { left: meaning.left ?? '?' })
  return meaning.about === 'new-value' ? refusedByCard(error) : null
}

export const refusedByCard = (error: CardStatusError): Refusal =>
  refuse('PIN_REFUSED_BY_CARD', { meaning: describeStatus(error.sw, error.command) })
