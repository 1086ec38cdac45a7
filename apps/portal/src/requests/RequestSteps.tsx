import { VisuallyHidden } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import css from '../add-device/Steps.module.css'
import { t } from '../texts/t.ts'
import own from './Request.module.css'
import type { RequestStep } from './request-words.ts'

/** How far a request has come. */
export const RequestSteps = ({ steps }: { readonly steps: readonly RequestStep[] }) => (
  <ol className={`${css.steps} ${own.steps}`} aria-label={t('request.steps')}>
    {steps.map(({ label, state }, index) => (
      <li key={label} className={css.step} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
        <span className={css.number} aria-hidden>
          {state === 'done' ? <IconCheck size={16} /> : index + 1}
        </span>
        {t(label)}
        {state === 'done' && <VisuallyHidden>, {t('request.stepDone')}</VisuallyHidden>}
      </li>
    ))}
  </ol>
)
