import { routes } from 'virtual:contract'
import type { User } from '@cardwright/contract'
import { Button, Group, NativeSelect } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { read } from '../api/read.ts'
import { useMay } from '../api/session.ts'
import { FilterText } from '../lists/FilterText.tsx'
import { isFiltered, refined } from '../lists/filters.ts'
import { ListPanel } from '../lists/ListPanel.tsx'
import type { Column } from '../lists/ListTable.tsx'
import { pageSize } from '../lists/Pager.tsx'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { Empty } from '../parts/Empty.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { Tag } from '../parts/Tag.tsx'
import { type OperatorsSearch, userSorts } from '../searches.ts'
import { t } from '../texts/t.ts'
import { UserStatus } from '../users/UserStatus.tsx'

const api = getRouteApi('/signed-in/admin/users')

const columns: readonly Column<User>[] = [
  {
    key: 'name',
    long: true,
    head: t('users.name'),
    sort: 'displayName',
    cell: user => (
      <AnchorLink to="/admin/users/$userId" params={{ userId: user.id }} data-row fw={600}>
        {user.displayName}
      </AnchorLink>
    ),
  },
  { key: 'login', head: t('users.login'), cell: user => user.loginName },
  {
    key: 'role',
    head: t('operators.role'),
    cell: user => user.role && <Tag tone="info">{user.role.name}</Tag>,
  },
  { key: 'groups', long: true, head: t('users.groups'), cell: user => user.groups.map(group => group.name).join(', ') },
  { key: 'status', head: t('users.status'), cell: user => <UserStatus status={user.status} /> },
]

export const OperatorsPage = () => {
  const search = api.useSearch()
  const navigate = useNavigate({ from: '/admin/users' })
  const may = useMay()
  const { page: _, ...filters } = search
  const query = useQuery({
    ...read(routes.listUsers, { query: { ...filters, limit: pageSize } }),
    placeholderData: keepPreviousData,
  })
  const roles = useQuery({ ...read(routes.listRoles, {}), enabled: may(routes.listRoles.access) })
  const refine = (change: Partial<OperatorsSearch>) => void navigate({ search: refined(search, change), replace: true })
  return (
    <>
      <PageHeader
        title={t('operators.title')}
        lead={t('operators.lead')}
        actions={
          may(routes.createUser.access) && <ButtonLink to="/admin/users/new">{t('operators.create')}</ButtonLink>
        }
      />
      <Group mb="md" gap="sm">
        <FilterText label={t('users.search')} value={search.q} onChange={q => refine({ q })} />
        {roles.data && (
          <NativeSelect
            aria-label={t('operators.role')}
            value={search.role ?? ''}
            onChange={event => refine({ role: event.currentTarget.value || undefined })}
            data={[
              { value: '', label: t('operators.anyRole') },
              ...roles.data.rows.map(role => ({ value: role.id, label: role.name })),
            ]}
          />
        )}
        {isFiltered(search) && (
          <Button variant="subtle" onClick={() => void navigate({ search: {}, replace: true })}>
            {t('common.clearFilters')}
          </Button>
        )}
      </Group>
      <ListPanel
        label={t('operators.title')}
        query={query}
        columns={columns}
        rowKey={user => user.id}
        sort={search.sort ?? 'displayName'}
        sorts={userSorts}
        onSort={sort => refine({ sort: sort as OperatorsSearch['sort'] })}
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
