import { IconAlertCircle, IconCircle, IconCircleCheck, IconProgress } from '@tabler/icons-react'
import type { Stage } from '../flow/stages.ts'
import { t } from '../texts/t.ts'
import css from './Progress.module.css'

const icons = { PENDING: IconCircle, RUNNING: IconProgress, DONE: IconCircleCheck, FAILED: IconAlertCircle }

export const StageList = ({ stages }: { readonly stages: readonly Stage[] }) => (
  <ol className={css.stages} aria-label={t('progress.stages')}>
    {stages.map(({ name, state }) => {
      const Icon = icons[state]
      return (
        <li key={name} data-state={state}>
          <Icon size={22} aria-hidden />
          <span>
            {t(`stage.${name}`)}
            <span className="visually-hidden">, {t(`stage.${state}`)}</span>
          </span>
        </li>
      )
    })}
  </ol>
)
