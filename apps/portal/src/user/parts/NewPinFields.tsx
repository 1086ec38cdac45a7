import { checkPin, type PinRuleResult, type PinRules } from '@cardwright/core/pin-rules'
import { t } from '../texts/t.ts'
import type { Fault } from './ErrorSummary.tsx'
import { SecretField } from './Field.tsx'
import { RuleList } from './RuleList.tsx'

const ruleText = ({ rule, params }: PinRuleResult): string => {
  if (rule === 'LENGTH' && params.min === params.max) return t('pin.LENGTH.exact', params)
  if (rule === 'REPEATED' && params.max === 1) return t('pin.REPEATED.one')
  return t(`pin.${rule}`, params)
}

export type TypedTwice = { readonly pin: string; readonly again: string }
export const nothingTyped: TypedTwice = { pin: '', again: '' }

export const newPinFaults = ({ pin, again }: TypedTwice, rules: PinRules): Fault[] => [
  ...(checkPin(pin, rules).every(rule => rule.ok) ? [] : [{ field: 'new-pin', text: t('newPin.rulesFault') }]),
  ...(pin === again ? [] : [{ field: 'new-pin-again', text: t('newPin.againFault') }]),
]

type Props = {
  readonly rules: PinRules
  readonly typed: TypedTwice
  readonly faults: readonly Fault[]
  readonly onChange: (typed: TypedTwice) => void
}

/** The new PIN twice, with the policy's rules live (U-9, I-4). */
export const NewPinFields = ({ rules, typed, faults, onChange }: Props) => {
  const { pin, again } = typed
  const results = checkPin(pin, rules)
  const same = pin !== '' && pin === again
  const faultOf = (field: string) => faults.find(fault => fault.field === field)?.text
  return (
    <>
      <SecretField
        id="new-pin"
        kind="pin"
        label={t('newPin.pin')}
        value={pin}
        fault={faultOf('new-pin')}
        describedBy="new-pin-rules"
        onChange={next => onChange({ pin: next, again })}
      />
      <RuleList
        id="new-pin-rules"
        label={t('newPin.rules')}
        rules={results.map(result => ({ name: result.rule, ok: result.ok, text: ruleText(result) }))}
      />
      <SecretField
        id="new-pin-again"
        kind="pin"
        label={t('newPin.again')}
        value={again}
        fault={faultOf('new-pin-again')}
        describedBy="new-pin-same"
        onChange={next => onChange({ pin, again: next })}
      />
      <RuleList
        id="new-pin-same"
        label={t('newPin.twice')}
        rules={[{ name: 'same', ok: same, text: t('newPin.same') }]}
      />
      <p className="visually-hidden" role="status">
        {pin === ''
          ? ''
          : t('newPin.summary', {
              kept: results.filter(rule => rule.ok).length + (same ? 1 : 0),
              all: results.length + 1,
            })}
      </p>
    </>
  )
}
