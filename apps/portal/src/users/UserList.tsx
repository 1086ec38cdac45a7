import { routes } from 'virtual:contract'
import type { User } from '@cardwright/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { read } from '../api/read.ts'
import { isFiltered } from '../lists/filters.ts'
import { ListPanel } from '../lists/ListPanel.tsx'
import type { Column } from '../lists/ListTable.tsx'
import { pageSize } from '../lists/Pager.tsx'
import { Empty } from '../parts/Empty.tsx'
import { type OperatorsSearch, type UsersSearch, userSorts } from '../searches.ts'
import { t } from '../texts/t.ts'

type Props = {
  readonly label: string
  readonly columns: readonly Column<User>[]
  readonly search: OperatorsSearch
  readonly onSort: (sort: UsersSearch['sort']) => void
  readonly onGo: (place: Pick<UsersSearch, 'page' | 'cursor'>) => void
}

/** The users that a page's filters find, in the columns of that page. */
export const UserList = ({ label, columns, search, onSort, onGo }: Props) => {
  const { page: _, ...filters } = search
  const query = useQuery({
    ...read(routes.listUsers, { query: { ...filters, limit: pageSize } }),
    placeholderData: keepPreviousData,
  })
  return (
    <ListPanel
      label={label}
      query={query}
      columns={columns}
      rowKey={user => user.id}
      sort={search.sort ?? 'displayName'}
      sorts={userSorts}
      onSort={sort => onSort(sort as UsersSearch['sort'])}
      place={search}
      onGo={onGo}
      empty={
        isFiltered(search) ? (
          <Empty title={t('users.none.title')} text={t('users.none.text')} />
        ) : (
          <Empty title={t('users.empty.title')} text={t('users.empty.text')} />
        )
      }
    />
  )
}
