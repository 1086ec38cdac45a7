import type { ReplacementOptions } from '@cardwright/contract'
import { Radio, SimpleGrid } from '@mantine/core'
import { ChoiceCard } from '../add-device/ChoiceCard.tsx'
import { t } from '../texts/t.ts'
import { type ReasonOption, reasonsAgainst } from './incident.ts'
import css from './Replacement.module.css'

type Props = {
  readonly options: ReplacementOptions
  readonly value: ReasonOption['reason'] | null
  readonly onChange: (reason: ReasonOption['reason']) => void
}

/** "What happened?" in plain cards; what is not possible says why. */
export const ReasonChoice = ({ options, value, onChange }: Props) => (
  <Radio.Group
    label={t('incident.what')}
    labelProps={{ fw: 650, mb: 'xs' }}
    value={value}
    onChange={next => onChange(next as ReasonOption['reason'])}
  >
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      {options.reasons.map(option => {
        const { reason, allowed } = option
        return (
          <ChoiceCard
            key={reason}
            value={reason}
            disabled={!allowed}
            title={t(`incident.${reason}`)}
            text={
              allowed
                ? reason === 'FORGOTTEN'
                  ? t('incident.FORGOTTEN.text', { count: options.temporaryDays })
                  : t(`incident.${reason}.text`)
                : reasonsAgainst(option).map(line => (
                    <span key={line} className={css.line}>
                      {line}
                    </span>
                  ))
            }
          />
        )
      })}
    </SimpleGrid>
  </Radio.Group>
)
