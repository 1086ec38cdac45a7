import { Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { deviceStates } from '../searches.ts'
import { t } from '../texts/t.ts'
import css from './Home.module.css'

/** Devices by state; the server counts by `STATE`. */
export const StateCounts = ({ counts }: { readonly counts: Readonly<Record<string, number>> }) => {
  const shown = deviceStates.filter(state => (counts[state] ?? 0) > 0)
  if (shown.length === 0) {
    return (
      <Text c="dimmed" size="sm">
        {t('home.byStateNone')}
      </Text>
    )
  }
  return (
    <ul className={css.counts}>
      {shown.map(state => (
        <li key={state}>
          <Link to="/operator/devices" search={{ state }} className={css.count}>
            <span className={css.number}>{(counts[state] ?? 0).toLocaleString('en')}</span>
            <span>{t(`deviceState.${state}`)}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
