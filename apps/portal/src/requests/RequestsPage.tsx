import { routes } from 'virtual:contract'
import type { RequestView } from '@cardwright/contract'
import { Button, Group, Tabs } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { read } from '../api/read.ts'
import { useMay } from '../api/session.ts'
import { CsvButton } from '../lists/CsvButton.tsx'
import { isFiltered, refined } from '../lists/filters.ts'
import { ListPanel } from '../lists/ListPanel.tsx'
import type { Column } from '../lists/ListTable.tsx'
import { pageSize } from '../lists/Pager.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { Tag } from '../parts/Tag.tsx'
import { type RequestsSearch, requestQueues, requestSorts } from '../searches.ts'
import { t } from '../texts/t.ts'
import { DecideButtons } from './DecideButtons.tsx'
import { DecideDialog, type Decision } from './DecideDialog.tsx'
import { QueueTab } from './QueueTab.tsx'
import { RequestFilters } from './RequestFilters.tsx'
import { csvHead, csvLine, requestColumns } from './request-columns.tsx'
import { useSteady } from './use-steady.ts'
import { ownQueue, type Queue } from './waiting.ts'

const api = getRouteApi('/signed-in/operator/requests')

/** Work is taken oldest first; what has been is read from its end. */
const usualSort = (queue: Queue) => (queue === 'TO_APPROVE' || queue === 'TO_ISSUE' ? 'requestedAt' : '-requestedAt')
const requestKey = (request: RequestView): string => request.id

export const RequestsPage = () => {
  const search = api.useSearch()
  const navigate = useNavigate({ from: '/operator/requests' })
  const may = useMay()
  const [decided, setDecided] = useState<{ readonly request: RequestView; readonly decision: Decision } | null>(null)
  const { page: _, queue = ownQueue(may), sort = usualSort(queue), ...filters } = search
  const asked = { ...filters, queue, sort }
  const query = useQuery({
    ...read(routes.listRequests, { query: { ...asked, limit: pageSize } }),
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
    staleTime: 0,
  })
  // What is remembered from the last visit is shown until the list is read anew, and is nothing to keep places in.
  const begun = query.isFetchedAfterMount && !query.isPlaceholderData
  const list = useSteady(query.data?.rows, requestKey, `${JSON.stringify(asked)} ${begun}`)
  const refine = (change: Partial<RequestsSearch>) => void navigate({ search: refined(search, change), replace: true })
  const clear = () => void navigate({ search: search.queue ? { queue: search.queue } : {}, replace: true })
  const filtered = isFiltered({ ...search, queue: undefined })

  const hasLeft = (row: RequestView): boolean => list?.left.has(row.id) ?? false
  const work = queue === 'TO_APPROVE'
  const columns: readonly Column<RequestView>[] = [
    // In this queue all wait for approval, so what can be done stands where the state would.
    ...requestColumns.filter(column => !work || column.key !== 'state'),
    ...(work || (list && list.left.size > 0)
      ? [
          {
            key: 'decide',
            head: t('requests.decide'),
            cell: (request: RequestView) =>
              hasLeft(request) ? (
                <Tag>{t('requests.left')}</Tag>
              ) : work ? (
                <DecideButtons request={request} onDecide={decision => setDecided({ request, decision })} />
              ) : null,
          },
        ]
      : []),
  ]
  const open = decided && (list?.rows.find(row => row.id === decided.request.id) ?? decided.request)
  return (
    <>
      <PageHeader
        title={t('requests.title')}
        lead={t('requests.lead')}
        actions={
          <CsvButton
            fileName="requests.csv"
            head={csvHead}
            line={csvLine}
            load={cursor => call(routes.listRequests, { query: { ...asked, cursor, limit: 200 } })}
          />
        }
      />
      <Tabs
        value={queue}
        keepMounted={false}
        onChange={next => void navigate({ search: { queue: next as Queue }, replace: true })}
      >
        <Tabs.List mb="md">
          {requestQueues.map(name => (
            <QueueTab key={name} queue={name} />
          ))}
        </Tabs.List>
        <Tabs.Panel value={queue}>
          <RequestFilters search={search} onRefine={refine} onClear={clear} />
          {list && list.fresh > 0 && (
            <Group mb="md" role="status">
              <Notice
                tone="info"
                title={t('requests.fresh', { count: list.fresh })}
                actions={
                  <Button size="xs" variant="default" onClick={list.settle}>
                    {t('requests.freshShow')}
                  </Button>
                }
              />
            </Group>
          )}
          <ListPanel
            label={t('requests.title')}
            query={query}
            rows={list?.rows}
            columns={columns}
            rowKey={requestKey}
            sort={sort}
            sorts={requestSorts}
            onSort={next => refine({ sort: next as RequestsSearch['sort'] })}
            gone={hasLeft}
            place={search}
            onGo={place => void navigate({ search: { ...search, ...place } })}
            empty={
              filtered ? (
                <Empty title={t('requests.none.title')} text={t('requests.none.text')} />
              ) : (
                <Empty title={t(`requests.empty.${queue}.title`)} text={t(`requests.empty.${queue}.text`)} />
              )
            }
          />
        </Tabs.Panel>
      </Tabs>
      {decided && open && (
        <DecideDialog
          key={`${open.id} ${decided.decision}`}
          request={open}
          decision={decided.decision}
          onDone={async () => {
            await query.refetch()
            list?.settle()
          }}
          onClose={() => setDecided(null)}
        />
      )}
    </>
  )
}
