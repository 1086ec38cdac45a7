import { routes } from 'virtual:contract'
import type { User } from '@cardwright/contract'
import { Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { call } from '../api/call.ts'
import { read } from '../api/read.ts'
import { useMay } from '../api/session.ts'
import { dayOf } from '../format/time.ts'
import { ClearFilters } from '../lists/ClearFilters.tsx'
import { CsvButton } from '../lists/CsvButton.tsx'
import { FilterSelect } from '../lists/FilterSelect.tsx'
import { FilterText } from '../lists/FilterText.tsx'
import { refined } from '../lists/filters.ts'
import type { Column } from '../lists/ListTable.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import type { UsersSearch } from '../searches.ts'
import { t } from '../texts/t.ts'
import { UserList } from './UserList.tsx'
import { groupsColumn, loginColumn, nameColumn, statusColumn } from './user-columns.tsx'

const api = getRouteApi('/signed-in/operator/users')

const columns: readonly Column<User>[] = [
  nameColumn('/operator/users/$userId'),
  loginColumn,
  { key: 'email', long: true, head: t('users.email'), cell: user => user.email ?? '' },
  groupsColumn,
  statusColumn,
  { key: 'created', spare: true, head: t('users.created'), sort: 'createdAt', cell: user => dayOf(user.createdAt) },
  { key: 'devices', head: t('users.devices'), align: 'end', cell: user => user.deviceCount },
]

const csvHead = [
  t('users.name'),
  t('users.login'),
  t('users.email'),
  t('users.groups'),
  t('users.status'),
  t('users.devices'),
]
const csvLine = (user: User) => [
  user.displayName,
  user.loginName,
  user.email ?? '',
  user.groups.map(group => group.name).join('; '),
  t(`users.${user.status}`),
  String(user.deviceCount),
]

export const UsersPage = () => {
  const search = api.useSearch()
  const navigate = useNavigate({ from: '/operator/users' })
  const may = useMay()
  const { page: _, ...filters } = search
  const groups = useQuery({ ...read(routes.listGroups, {}), enabled: may(routes.listGroups.access) })
  const refine = (change: Partial<UsersSearch>) => void navigate({ search: refined(search, change), replace: true })

  return (
    <>
      <PageHeader
        title={t('users.title')}
        actions={
          <>
            <CsvButton
              fileName="users.csv"
              head={csvHead}
              line={csvLine}
              load={cursor => call(routes.listUsers, { query: { ...filters, cursor, limit: 200 } })}
            />
            {may(routes.createUser.access) && <ButtonLink to="/admin/users/new">{t('users.create')}</ButtonLink>}
          </>
        }
      />
      <Group mb="md" gap="sm">
        <FilterText label={t('users.search')} value={search.q} onChange={q => refine({ q })} />
        {groups.data && (
          <FilterSelect
            aria-label={t('users.group')}
            any={t('users.anyGroup')}
            value={search.group}
            choices={groups.data.rows.map(group => ({ value: group.id, label: group.name }))}
            onChange={group => refine({ group })}
          />
        )}
        <FilterSelect
          aria-label={t('users.status')}
          any={t('users.anyStatus')}
          value={search.status}
          choices={[
            { value: 'ACTIVE', label: t('users.ACTIVE') },
            { value: 'DISABLED', label: t('users.DISABLED') },
          ]}
          onChange={status => refine({ status })}
        />
        <ClearFilters search={search} onClear={() => void navigate({ search: {}, replace: true })} />
      </Group>
      <UserList
        label={t('users.title')}
        columns={columns}
        search={search}
        onSort={sort => refine({ sort })}
        onGo={place => void navigate({ search: { ...search, ...place } })}
      />
    </>
  )
}
