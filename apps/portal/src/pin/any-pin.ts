import type { PinRules } from '@cardwright/core/pin-rules'

/** What every PIV PIN must be (SP 800-73-5 part 2 §2.4.3), where no policy says more. */
export const anyPin: PinRules = {
  minLength: 6,
  maxLength: 8,
  characters: 'DIGITS',
  maxRepeated: 8,
  maxSequence: 8,
  minDistinct: 1,
  forbidFactoryValues: true,
}
