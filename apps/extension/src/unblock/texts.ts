import type { UnblockFailure } from '@cardwright/contract'
import type { PinRule } from '@cardwright/core/pin-rules'
import type { Slip } from './steps.ts'

export const connecting = 'Looking for the Cardwright client on this computer …'
export const noReader = 'No reader is connected. Plug one in; it appears by itself.'
export const noCard = 'Put your device into a reader or plug it in. It appears by itself.'
export const emptyReader = 'empty'
export const silentCard = 'The card does not answer, or another program is using it.'
export const noPcsc = (message: string): string =>
  `The card service of this computer does not answer. ${message}`.trim()
export const asking = 'Asking your device …'
export const working = 'Unlocking. Do not remove the device.'

export const answerMissing = 'Type the answer that the help desk reads to you.'
export const pinBreaksRules = 'The new PIN does not keep all rules.'
export const pinsDiffer = 'The two PINs are not the same.'

export const ruleText = (rule: PinRule, params: Readonly<Record<string, number>>): string =>
  ({
    LENGTH: `${params.min} to ${params.max} digits`,
    DIGITS: 'Digits only',
    FACTORY: 'Not a PIN that devices leave the factory with, such as 123456',
    REPEATED: '',
    SEQUENCE: '',
    DISTINCT: '',
  })[rule]
export const kept = 'kept'
export const broken = 'not yet kept'

export const slip = ({ code, groups }: Slip): string => {
  if (code === 'PIN_MALFORMED') return 'The device does not take this PIN. Choose another one.'
  const where = groups.length === 0 ? 'somewhere' : `in group ${groups.join(', ')}`
  return `The answer has a slip ${where}. Have it read to you again.`
}

/** What happened, and what now. */
export const failure: Readonly<Record<UnblockFailure, readonly [what: string, now: string]>> = {
  CARD_REMOVED: ['The device was removed.', 'Put it back and begin again. The help desk needs the new challenge.'],
  CARD_IN_USE: [
    'Another program is using the device.',
    'Close other programs that use it, take it out and put it back, then begin again.',
  ],
  READER_LOST: ['The reader is gone.', 'Plug it in again and begin anew.'],
  CARD_FAILED: [
    'The device gave an unexpected answer. Its PIN may be as it was.',
    'Begin again. If it happens twice, the help desk replaces the device.',
  ],
  CARD_LACKS_KEY: ['This device cannot be unlocked from afar.', 'Ask the help desk for another way.'],
  ANSWER_MISTYPED: ['The answer has a slip in it.', 'Begin again.'],
  PIN_MALFORMED: ['The device does not take this PIN.', 'Begin again with another one.'],
  ANSWER_REFUSED: [
    'The device did not accept the answer: it was for another device or another challenge.',
    'Begin again, and read the new challenge to the help desk.',
  ],
  PIN_REFUSED: ['The device refused the new PIN.', 'Begin again and choose another PIN.'],
  PUK_REFUSED: ['The device could not be unlocked with this answer.', 'Begin again with the help desk.'],
  PUK_BLOCKED: ['The device cannot be unlocked any more.', 'Ask the help desk for a replacement.'],
  NO_CHALLENGE: ['The challenge is not good any more.', 'Begin again to get a new one.'],
}
export const attempts = (count: number): string => (count === 1 ? '1 attempt is left.' : `${count} attempts are left.`)
