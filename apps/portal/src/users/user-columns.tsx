import type { User } from '@cardwright/contract'
import type { Column } from '../lists/ListTable.tsx'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { t } from '../texts/t.ts'
import { UserStatus } from './UserStatus.tsx'

/** The name leads to the user at the desk or in the administration. */
export const nameColumn = (to: '/operator/users/$userId' | '/admin/users/$userId'): Column<User> => ({
  key: 'name',
  long: true,
  head: t('users.name'),
  sort: 'displayName',
  cell: user => (
    <AnchorLink to={to} params={{ userId: user.id }} data-row fw={600}>
      {user.displayName}
    </AnchorLink>
  ),
})

export const loginColumn: Column<User> = { key: 'login', head: t('users.login'), cell: user => user.loginName }

export const groupsColumn: Column<User> = {
  key: 'groups',
  long: true,
  head: t('users.groups'),
  cell: user => user.groups.map(group => group.name).join(', '),
}

export const statusColumn: Column<User> = {
  key: 'status',
  head: t('users.status'),
  cell: user => <UserStatus status={user.status} />,
}
