import { routes } from 'virtual:contract'
import type { DirectoryRun } from '@cardwright/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { read } from '../api/read.ts'
import { elapsed } from '../format/time.ts'
import { type Column, ListTable } from '../lists/ListTable.tsx'
import { Pager, pageSize } from '../lists/Pager.tsx'
import { Empty } from '../parts/Empty.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { Tag } from '../parts/Tag.tsx'
import { t } from '../texts/t.ts'
import { countWords, errorWords, outcomeTones } from './run-words.ts'

const api = getRouteApi('/signed-in/admin/directory')

const columns: readonly Column<DirectoryRun>[] = [
  { key: 'when', head: t('directory.when'), cell: run => <RelativeTime at={run.startedAt} /> },
  {
    key: 'outcome',
    head: t('directory.outcome'),
    cell: run => <Tag tone={outcomeTones[run.outcome]}>{t(`directory.outcome.${run.outcome}`)}</Tag>,
  },
  {
    key: 'what',
    long: true,
    head: t('directory.what'),
    cell: run => (run.error === null ? countWords(run) : errorWords(run.error)),
  },
  {
    key: 'by',
    long: true,
    head: t('directory.by'),
    cell: run => (run.scheduled ? t('directory.scheduled') : run.startedBy),
  },
  {
    key: 'took',
    spare: true,
    align: 'end',
    head: t('directory.took'),
    cell: run => (run.endedAt === null ? '' : elapsed(Date.parse(run.endedAt) - Date.parse(run.startedAt))),
  },
]

/** Syncs, newest first; one that is running is looked at again until it has ended. */
export const RunHistory = () => {
  const { page = 1, cursor, tab } = api.useSearch()
  const navigate = useNavigate({ from: '/admin/directory' })
  const query = useQuery({
    ...read(routes.listDirectoryRuns, { query: { cursor, limit: pageSize } }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.rows.some(run => run.outcome === 'RUNNING') ? 2_000 : false),
  })
  return (
    <Panel title={t('directory.history')} flush>
      {query.isError && (
        <ErrorNotice error={query.error} title={t('error.load')} onRetry={() => void query.refetch()} />
      )}
      {!query.isError && (
        <ListTable
          label={t('directory.history')}
          columns={columns}
          rows={query.data?.rows}
          rowKey={run => run.id}
          stale={query.isPlaceholderData}
          empty={<Empty title={t('directory.noRuns.title')} text={t('directory.noRuns.text')} />}
        />
      )}
      {query.data && query.data.rows.length > 0 && (
        <Pager
          page={page}
          cursor={cursor}
          total={query.data.total}
          rows={query.data.rows.length}
          next={query.data.next}
          onGo={(to, next) => void navigate({ search: { tab, page: to > 1 ? to : undefined, cursor: next } })}
        />
      )}
    </Panel>
  )
}
