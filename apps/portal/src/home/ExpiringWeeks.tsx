import { Text } from '@mantine/core'
import { dayOf } from '../format/time.ts'
import { t } from '../texts/t.ts'
import css from './Home.module.css'

/** A bar a week. The list itself is the chart, so that a screen reader hears the numbers. */
export const ExpiringWeeks = ({
  weeks,
}: {
  readonly weeks: readonly { readonly week: string; readonly count: number }[]
}) => {
  const most = Math.max(0, ...weeks.map(({ count }) => count))
  if (most === 0) {
    return (
      <Text c="dimmed" size="sm">
        {t('home.expiringNone')}
      </Text>
    )
  }
  return (
    <ul className={css.weeks}>
      {weeks.map(({ week, count }) => {
        const name = Number.isNaN(Date.parse(week)) ? week : t('home.week', { day: dayOf(week) })
        return (
          <li key={week} title={t('home.weekCount', { week: name, count })}>
            <span className={css.weekName}>{name}</span>
            <span className={css.weekBar} aria-hidden>
              <span style={{ inlineSize: `${(count / most) * 100}%` }} />
            </span>
            <span className={css.weekCount}>{count}</span>
          </li>
        )
      })}
    </ul>
  )
}
