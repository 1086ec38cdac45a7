import { VisuallyHidden } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { t } from '../texts/t.ts'
import css from './Steps.module.css'

type Props = { readonly current: 0 | 1 | 2; readonly issueLabel?: string | undefined; readonly print?: boolean }

/** Configure Device → Issue Device → Print Device, if the card is printed: where one is. */
export const Steps = ({ current, issueLabel, print = false }: Props) => {
  const labels = [t('addDevice.configure'), issueLabel ?? t('addDevice.issue'), ...(print ? [t('print.device')] : [])]
  return (
    <ol className={css.steps} aria-label={t('addDevice.steps')}>
      {labels.map((label, index) => (
        <li
          key={label}
          className={css.step}
          data-state={index < current ? 'done' : index === current ? 'now' : 'later'}
          aria-current={index === current ? 'step' : undefined}
        >
          <span className={css.number} aria-hidden>
            {index < current ? <IconCheck size={16} /> : index + 1}
          </span>
          {label}
          {index < current && <VisuallyHidden>, {t('addDevice.stepDone')}</VisuallyHidden>}
        </li>
      ))}
    </ol>
  )
}
