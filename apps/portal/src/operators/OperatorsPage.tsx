import { routes } from 'virtual:contract'
import type { User } from '@cardwright/contract'
import { Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { read } from '../api/read.ts'
import { useMay } from '../api/session.ts'
import { ClearFilters } from '../lists/ClearFilters.tsx'
import { FilterSelect } from '../lists/FilterSelect.tsx'
import { FilterText } from '../lists/FilterText.tsx'
import { refined } from '../lists/filters.ts'
import type { Column } from '../lists/ListTable.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { Tag } from '../parts/Tag.tsx'
import type { OperatorsSearch } from '../searches.ts'
import { t } from '../texts/t.ts'
import { UserList } from '../users/UserList.tsx'
import { groupsColumn, loginColumn, nameColumn, statusColumn } from '../users/user-columns.tsx'

const api = getRouteApi('/signed-in/admin/users')

const columns: readonly Column<User>[] = [
  nameColumn('/admin/users/$userId'),
  loginColumn,
  {
    key: 'role',
    head: t('operators.role'),
    cell: user => user.role && <Tag tone="info">{user.role.name}</Tag>,
  },
  groupsColumn,
  statusColumn,
]

export const OperatorsPage = () => {
  const search = api.useSearch()
  const navigate = useNavigate({ from: '/admin/users' })
  const may = useMay()
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
          <FilterSelect
            aria-label={t('operators.role')}
            any={t('operators.anyRole')}
            value={search.role}
            choices={roles.data.rows.map(role => ({ value: role.id, label: role.name }))}
            onChange={role => refine({ role })}
          />
        )}
        <ClearFilters search={search} onClear={() => void navigate({ search: {}, replace: true })} />
      </Group>
      <UserList
        label={t('operators.title')}
        columns={columns}
        search={search}
        onSort={sort => refine({ sort })}
        onGo={place => void navigate({ search: { ...search, ...place } })}
      />
    </>
  )
}
