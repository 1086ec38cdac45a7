import { routes } from 'virtual:contract'
import type { User } from '@cardwright/contract'
import { Group, NativeSelect } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { call } from '../api/call.ts'
import { read } from '../api/read.ts'
import { useMay } from '../api/session.ts'
import { dayOf } from '../format/time.ts'
import { ClearFilters } from '../lists/ClearFilters.tsx'
import { CsvButton } from '../lists/CsvButton.tsx'
import { FilterText } from '../lists/FilterText.tsx'
import { isFiltered, refined } from '../lists/filters.ts'
import { ListPanel } from '../lists/ListPanel.tsx'
import type { Column } from '../lists/ListTable.tsx'
import { pageSize } from '../lists/Pager.tsx'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { Empty } from '../parts/Empty.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { type UsersSearch, userSorts } from '../searches.ts'
import { t } from '../texts/t.ts'
import { UserStatus } from './UserStatus.tsx'

const api = getRouteApi('/signed-in/operator/users')

const columns: readonly Column<User>[] = [
  {
    key: 'name',
    long: true,
    head: t('users.name'),
    sort: 'displayName',
    cell: user => (
      <AnchorLink to="/operator/users/$userId" params={{ userId: user.id }} data-row fw={600}>
        {user.displayName}
      </AnchorLink>
    ),
  },
  { key: 'login', head: t('users.login'), cell: user => user.loginName },
  { key: 'email', long: true, head: t('users.email'), cell: user => user.email ?? '' },
  { key: 'groups', long: true, head: t('users.groups'), cell: user => user.groups.map(group => group.name).join(', ') },
  { key: 'status', head: t('users.status'), cell: user => <UserStatus status={user.status} /> },
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
  const query = useQuery({
    ...read(routes.listUsers, { query: { ...filters, limit: pageSize } }),
    placeholderData: keepPreviousData,
  })
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
          <NativeSelect
            aria-label={t('users.group')}
            value={search.group ?? ''}
            onChange={event => refine({ group: event.currentTarget.value || undefined })}
            data={[
              { value: '', label: t('users.anyGroup') },
              ...groups.data.rows.map(group => ({ value: group.id, label: group.name })),
            ]}
          />
        )}
        <NativeSelect
          aria-label={t('users.status')}
          value={search.status ?? ''}
          onChange={event => refine({ status: (event.currentTarget.value || undefined) as UsersSearch['status'] })}
          data={[
            { value: '', label: t('users.anyStatus') },
            { value: 'ACTIVE', label: t('users.ACTIVE') },
            { value: 'DISABLED', label: t('users.DISABLED') },
          ]}
        />
        <ClearFilters search={search} onClear={() => void navigate({ search: {}, replace: true })} />
      </Group>
      <ListPanel
        label={t('users.title')}
        query={query}
        columns={columns}
        rowKey={user => user.id}
        sort={search.sort ?? 'displayName'}
        sorts={userSorts}
        onSort={sort => refine({ sort: sort as UsersSearch['sort'] })}
        place={search}
        onGo={place => void navigate({ search: { ...search, ...place } })}
        empty={
          isFiltered(search) ? (
            <Empty title={t('users.none.title')} text={t('users.none.text')} />
          ) : (
            <Empty title={t('users.empty.title')} text={t('users.empty.text')} />
          )
        }
      />
    </>
  )
}
