import { dayOf, daysLeft, passedShare } from '../format/time.ts'
import { t } from '../texts/t.ts'
import css from './ValidityBar.module.css'

/** How much of the validity is left, with the last day in words. */
export const ValidityBar = ({ from, to }: { readonly from: string; readonly to: string }) => {
  const now = Date.now()
  const left = daysLeft(to, now)
  const day = dayOf(to)
  const words =
    left < 0
      ? t('device.validEnded', { day })
      : left <= 90
        ? t('device.validUntilLeft', { day, count: left })
        : t('device.validUntil', { day })
  return (
    <div>
      <div className={css.words}>{words}</div>
      <div className={css.track} aria-hidden>
        <div
          className={css.rest}
          data-tone={left < 0 ? 'end' : left <= 30 ? 'warn' : 'ok'}
          style={{ inlineSize: `${(1 - passedShare(from, to, now)) * 100}%` }}
        />
      </div>
    </div>
  )
}
