import { checkPin, type PinRules } from '@cardwright/core/pin-rules'
import { ActionIcon, Popover, Text } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { t } from '../texts/t.ts'
import css from './PinRuleList.module.css'
import { pinRuleText } from './pin-texts.ts'

/** The rules behind an info button (I-4). */
export const PinRulesButton = ({ rules }: { readonly rules: PinRules }) => (
  <Popover position="right-start" withArrow width={320} shadow="md" trapFocus returnFocus>
    <Popover.Target>
      <ActionIcon variant="subtle" color="gray" aria-label={t('pin.rulesButton')}>
        <IconInfoCircle size={18} aria-hidden />
      </ActionIcon>
    </Popover.Target>
    <Popover.Dropdown aria-label={t('pin.rules')}>
      <Text fw={600} size="sm" mb="xs" tabIndex={-1} data-autofocus>
        {t('pin.rules')}
      </Text>
      <ul className={css.plain}>
        {checkPin('', rules).map(result => (
          <li key={result.rule}>{pinRuleText(result)}</li>
        ))}
      </ul>
    </Popover.Dropdown>
  </Popover>
)
