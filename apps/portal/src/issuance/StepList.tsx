import type { IssuanceView } from '@cardwright/contract'
import { VisuallyHidden } from '@mantine/core'
import { IconAlertCircle, IconCircle, IconCircleCheck, IconProgress } from '@tabler/icons-react'
import { stepText } from '../format/audit.ts'
import { t } from '../texts/t.ts'
import css from './StepList.module.css'

const icons = { PENDING: IconCircle, RUNNING: IconProgress, DONE: IconCircleCheck, FAILED: IconAlertCircle }

/** The named steps, ticking off (I-11). */
export const StepList = ({ steps }: { readonly steps: IssuanceView['steps'] }) => (
  <ol className={css.steps} aria-label={t('issuance.stepsTitle')}>
    {steps.map((step, index) => {
      const Icon = icons[step.state]
      return (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps keep their place, and a name may come twice
        <li key={index} className={css.step} data-state={step.state}>
          <Icon size={18} aria-hidden />
          <span>
            {stepText(step.key, step.params)}
            <VisuallyHidden>, {t(`issuance.stepState.${step.state}`)}</VisuallyHidden>
          </span>
        </li>
      )
    })}
  </ol>
)
