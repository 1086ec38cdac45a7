import type { PinRules } from '@cardwright/core/pin-rules'
import { Group, Stack, Text, TextInput } from '@mantine/core'
import { useId } from 'react'
import { t } from '../texts/t.ts'
import css from './PinFields.module.css'
import { PinRuleList } from './PinRuleList.tsx'
import { PinRulesButton } from './PinRulesButton.tsx'

type Props = {
  readonly label: string
  readonly again: string
  readonly rules: PinRules
  /** Visible and entered once (I-5), or masked and entered twice (I-6). */
  readonly masked: boolean
  readonly pin: string
  readonly repeated: string
  readonly onPin: (pin: string) => void
  readonly onRepeated: (pin: string) => void
  readonly autoFocus?: boolean
}

// Not a password of this site: no manager shall offer to keep it.
const noManager = { autoComplete: 'off', spellCheck: false, 'data-1p-ignore': true, 'data-lpignore': 'true' } as const

/** The PIN, with its rules live, and its repetition if it is masked. */
export const PinFields = (props: Props) => {
  const { label, again, rules, masked, pin, repeated } = props
  const rulesId = useId()
  const complete = repeated.length >= pin.length && repeated !== ''
  const differs = complete && repeated !== pin
  return (
    <Stack gap="sm">
      <Group gap={4} align="flex-end" wrap="nowrap">
        <TextInput
          className={css.field}
          size="md"
          label={label}
          type={masked ? 'password' : 'text'}
          inputMode="numeric"
          value={pin}
          aria-describedby={pin === '' ? undefined : rulesId}
          onChange={event => props.onPin(event.currentTarget.value)}
          data-autofocus={props.autoFocus || undefined}
          autoFocus={props.autoFocus}
          {...noManager}
        />
        <PinRulesButton rules={rules} />
      </Group>
      {pin !== '' && <PinRuleList rules={rules} pin={pin} id={rulesId} />}
      {masked && (
        <div>
          <TextInput
            className={css.field}
            size="md"
            label={again}
            type="password"
            inputMode="numeric"
            value={repeated}
            error={differs ? t('addDevice.pinMismatch') : undefined}
            onChange={event => props.onRepeated(event.currentTarget.value)}
            {...noManager}
          />
          <div role="status">
            {complete && !differs && (
              <Text size="sm" c="var(--cw-ok)" mt={4}>
                {t('addDevice.pinMatches')}
              </Text>
            )}
          </div>
        </div>
      )}
    </Stack>
  )
}
