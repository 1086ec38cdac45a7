import type { Options } from '../options/option-table.ts'
import type { DevicePolicy } from '../policy/device-policy.ts'

/** How many days a temporary device by this policy works (N-3): those of the option, or its policy's if they are fewer. */
export const temporaryDays = (
  { content }: Pick<DevicePolicy, 'content'>,
  { TempCardsValidityDays }: Pick<Options, 'TempCardsValidityDays'>,
): number => Math.min(content.validityDays, TempCardsValidityDays)
