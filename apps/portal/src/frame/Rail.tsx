import { routes } from 'virtual:contract'
import type { Route } from '@cardwright/contract'
import { Tooltip, VisuallyHidden } from '@mantine/core'
import {
  IconAddressBook,
  IconBuildingBank,
  IconCreditCard,
  IconDeviceLaptop,
  IconFileText,
  IconHome,
  IconInbox,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconListDetails,
  IconMail,
  IconMessageQuestion,
  IconReplace,
  IconShieldLock,
  IconUserCog,
  IconUserShield,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMay } from '../api/session.ts'
import { useRequestCounts, waitingFor } from '../requests/waiting.ts'
import { t } from '../texts/t.ts'
import css from './Frame.module.css'

// A page is there for whoever may call the route that it cannot do without.
const operator = [
  { to: '/operator', label: 'nav.home', icon: IconHome, needs: routes.home.access, exact: true },
  { to: '/operator/users', label: 'nav.users', icon: IconUsers, needs: routes.listUsers.access, exact: false },
  {
    to: '/operator/devices',
    label: 'nav.devices',
    icon: IconCreditCard,
    needs: routes.listDevices.access,
    exact: false,
  },
  {
    to: '/operator/requests',
    label: 'nav.requests',
    icon: IconInbox,
    needs: routes.listRequests.access,
    exact: false,
  },
] as const

export const administrationPages = [
  { to: '/admin/users', label: 'nav.operators', icon: IconUserCog, needs: routes.createUser.access, exact: false },
  { to: '/admin/roles', label: 'nav.roles', icon: IconUserShield, needs: routes.listRoles.access, exact: false },
  { to: '/admin/groups', label: 'nav.groups', icon: IconUsersGroup, needs: routes.listGroups.access, exact: false },
  {
    to: '/admin/policies',
    label: 'nav.policies',
    icon: IconListDetails,
    needs: routes.listPolicies.access,
    exact: false,
  },
  {
    to: '/admin/settings',
    label: 'nav.settings',
    icon: IconShieldLock,
    needs: routes.getSecuritySettings.access,
    exact: false,
  },
  {
    to: '/admin/lifecycle',
    label: 'nav.lifecycle',
    icon: IconReplace,
    needs: routes.getLifecycleSettings.access,
    exact: false,
  },
  {
    to: '/admin/user-portal',
    label: 'nav.userPortal',
    icon: IconDeviceLaptop,
    needs: routes.getUserPortalSettings.access,
    exact: false,
  },
  {
    to: '/admin/security-questions',
    label: 'nav.securityQuestions',
    icon: IconMessageQuestion,
    needs: routes.listSecurityQuestions.access,
    exact: false,
  },
  {
    to: '/admin/directory',
    label: 'nav.directory',
    icon: IconAddressBook,
    needs: routes.getDirectory.access,
    exact: false,
  },
  { to: '/admin/mail', label: 'nav.mail', icon: IconMail, needs: routes.getMailSettings.access, exact: false },
  {
    to: '/admin/authorities',
    label: 'nav.authorities',
    icon: IconBuildingBank,
    needs: routes.listAuthorities.access,
    exact: false,
  },
  { to: '/admin/audit', label: 'nav.audit', icon: IconFileText, needs: routes.listAudit.access, exact: false },
] as const

type Item = (typeof operator)[number] | (typeof administrationPages)[number]
type Props = { readonly small: boolean; readonly canCollapse: boolean; readonly onCollapse: () => void }

type LinkProps = { readonly item: Item; readonly small: boolean; readonly waiting?: number }

const RailLink = ({ item, small, waiting = 0 }: LinkProps) => {
  const label = waiting > 0 ? t('nav.requestsWaiting', { count: waiting }) : t(item.label)
  return (
    <Tooltip label={label} position="right" disabled={!small}>
      <Link
        to={item.to}
        activeOptions={{ exact: item.exact }}
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
        {permitted(operator).map(item => (
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
