import { t } from '../texts/t.ts'
import css from './ProgressBar.module.css'

type Props = {
  readonly label: string
  readonly percent: number
  /** What is going on, after the per cent. */
  readonly now: string
  readonly failed?: boolean
}

export const ProgressBar = ({ label, percent, now, failed = false }: Props) => (
  <div
    className={css.track}
    role="progressbar"
    aria-label={label}
    aria-valuemin={0}
    aria-valuemax={100}
    aria-valuenow={percent}
    aria-valuetext={`${t('issuance.percent', { percent })}, ${now}`}
  >
    <div className={css.bar} data-failed={failed} style={{ inlineSize: `${percent}%` }} />
  </div>
)
