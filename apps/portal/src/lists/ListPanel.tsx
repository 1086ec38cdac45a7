import type { UseQueryResult } from '@tanstack/react-query'
import type { ComponentProps } from 'react'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'
import type { ListSearch } from './filters.ts'
import { ListTable } from './ListTable.tsx'
import { Pager } from './Pager.tsx'

type Place = Pick<ListSearch, 'page' | 'cursor'>

type Props<Row> = Omit<ComponentProps<typeof ListTable<Row>>, 'rows' | 'stale'> & {
  readonly query: UseQueryResult<{ readonly rows: readonly Row[]; readonly total?: number; readonly next?: string }>
  /** What is shown of that, where it is not all of it as it came. */
  readonly rows?: readonly Row[] | undefined
  /** Of a list that the server cuts into pages: where one is, and what goes to another. */
  readonly place?: Place
  readonly onGo?: (place: Place) => void
}

/** The body of a page that lists something: the table with its pages, or why there is none. */
export const ListPanel = <Row,>({ query, rows = query.data?.rows, place, onGo, ...table }: Props<Row>) => {
  const { data } = query
  // A list that is read again by itself stays where it is while the server cannot be reached; the frame says so.
  if (query.isError && !data)
    return <ErrorNotice error={query.error} title={t('error.load')} onRetry={() => void query.refetch()} />
  // The rows of another page or of an earlier visit, until these are read.
  const stale = query.isPlaceholderData || !query.isFetchedAfterMount
  return (
    <Panel flush>
      <ListTable rows={rows} stale={stale} {...table} />
      {place && onGo && data?.total !== undefined && data.rows.length > 0 && (
        <Pager
          page={place.page ?? 1}
          cursor={place.cursor}
          total={data.total}
          rows={data.rows.length}
          next={data.next}
          onGo={(page, cursor) => onGo({ page: page > 1 ? page : undefined, cursor })}
        />
      )}
    </Panel>
  )
}
