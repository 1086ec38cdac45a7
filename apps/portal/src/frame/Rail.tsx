import type { Route } from '@cardwright/contract'
import { Tooltip, VisuallyHidden } from '@mantine/core'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMay } from '../api/session.ts'
import { useRequestCounts, waitingFor } from '../requests/waiting.ts'
import { t } from '../texts/t.ts'
import css from './Frame.module.css'
import { administrationPages, operatorPages } from './pages.ts'

type Item = (typeof operatorPages)[number] | (typeof administrationPages)[number]
type Props = { readonly small: boolean; readonly canCollapse: boolean; readonly onCollapse: () => void }

type LinkProps = { readonly item: Item; readonly small: boolean; readonly waiting?: number }

const RailLink = ({ item, small, waiting = 0 }: LinkProps) => {
  const label = waiting > 0 ? t('nav.requestsWaiting', { count: waiting }) : t(item.label)
  return (
    <Tooltip label={label} position="right" disabled={!small}>
      <Link
        to={item.to}
        activeOptions={{ exact: item.to === '/operator' }}
        className={small ? `${css.item} ${css.small}` : css.item}
        aria-label={small ? label : undefined}
      >
        <item.icon size={20} aria-hidden />
        {!small && t(item.label)}
        {waiting > 0 && (
          <span className={css.badge}>
            {waiting}
            <VisuallyHidden> {t('nav.waitForYou')}</VisuallyHidden>
          </span>
        )}
      </Link>
    </Tooltip>
  )
}

/** The pages that this role may open. */
export const Rail = ({ small, canCollapse, onCollapse }: Props) => {
  const may = useMay()
  const counts = useRequestCounts()
  const waiting = counts.data ? waitingFor(counts.data, may) : 0
  const permitted = <T extends { needs: Route['access'] }>(items: readonly T[]) => items.filter(item => may(item.needs))
  const administration = permitted(administrationPages)
  const Fold = small ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse
  return (
    <>
      <nav className={css.nav} aria-label={t('nav.main')}>
        {permitted(operatorPages).map(item => (
          <RailLink
            key={item.to}
            item={item}
            small={small}
            waiting={item.to === '/operator/requests' ? waiting : undefined}
          />
        ))}
        {administration.length > 0 &&
          (small ? (
            <div className={css.divider} />
          ) : (
            <Link to="/admin" className={css.heading} activeOptions={{ exact: true }}>
              {t('nav.administration')}
            </Link>
          ))}
        {administration.map(item => (
          <RailLink key={item.to} item={item} small={small} />
        ))}
      </nav>
      {canCollapse && (
        <button
          type="button"
          className={small ? `${css.item} ${css.fold} ${css.small}` : `${css.item} ${css.fold}`}
          onClick={onCollapse}
          aria-label={t(small ? 'nav.expand' : 'nav.collapse')}
        >
          <Fold size={20} aria-hidden />
          {!small && t('nav.collapse')}
        </button>
      )}
    </>
  )
}
