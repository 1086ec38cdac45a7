import { checkPin, type PinRules } from '@cardwright/core/pin-rules'
import { VisuallyHidden } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { t } from '../texts/t.ts'
import css from './PinRuleList.module.css'
import { pinRuleText } from './pin-texts.ts'

type Props = { readonly rules: PinRules; readonly pin: string; readonly id?: string }

/** The rules one by one, kept or not, as the PIN is typed (I-4). */
export const PinRuleList = ({ rules, pin, id }: Props) => {
  const results = checkPin(pin, rules)
  const kept = results.filter(result => result.ok).length
  return (
    <div id={id}>
      <ul className={css.rules} aria-label={t('pin.rules')}>
        {results.map(result => (
          <li key={result.rule} data-ok={result.ok} className={css.rule}>
            {result.ok ? <IconCheck size={16} aria-hidden /> : <IconX size={16} aria-hidden />}
            <span>
              {pinRuleText(result)}
              <VisuallyHidden>, {t(result.ok ? 'pin.kept' : 'pin.broken')}</VisuallyHidden>
            </span>
          </li>
        ))}
      </ul>
      <VisuallyHidden role="status">{t('pin.summary', { kept, all: results.length })}</VisuallyHidden>
    </div>
  )
}
