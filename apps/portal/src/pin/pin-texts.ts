import type { PinRuleResult } from '@cardwright/core/pin-rules'
import { t } from '../texts/t.ts'

/** A rule in words for the person who types. */
export const pinRuleText = ({ rule, params }: PinRuleResult): string => {
  if (rule === 'LENGTH' && params.min === params.max) return t('pin.LENGTH.exact', params)
  if (rule === 'REPEATED' && params.max === 1) return t('pin.REPEATED.one')
  return t(`pin.${rule}`, params)
}
