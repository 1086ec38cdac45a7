import { routes } from 'virtual:contract'
import type { TimelineEntry } from '@cardwright/contract'
import { Button, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { call } from '../api/call.ts'
import { actionText, detailTexts, knownReason } from '../format/audit.ts'
import { t } from '../texts/t.ts'
import { ErrorNotice } from './ErrorNotice.tsx'
import { Panel } from './Panel.tsx'
import { RelativeTime } from './RelativeTime.tsx'
import { Rows } from './Rows.tsx'
import css from './Timeline.module.css'

const Entry = ({ entry }: { readonly entry: TimelineEntry }) => (
  <li className={entry.result === 'SUCCESS' ? css.entry : `${css.entry} ${css.bad}`}>
    <div className={css.what}>
      {actionText(entry.action)}
      {entry.result !== 'SUCCESS' && ` (${t(entry.result === 'DENIED' ? 'timeline.denied' : 'timeline.failed')})`}
    </div>
    {knownReason(entry.reason) && (
      <Text size="xs" c="dimmed">
        {`${t('audit.reason')}: ${knownReason(entry.reason)}`}
      </Text>
    )}
    {detailTexts(entry.details).map(line => (
      <Text key={line} size="xs" c="dimmed">
        {line}
      </Text>
    ))}
    <Text size="xs" c="dimmed">
      <RelativeTime at={entry.at} /> {t('timeline.by', { actor: entry.actor })}
    </Text>
  </li>
)

const timelines = {
  user: routes.userTimeline,
  device: routes.deviceTimeline,
  request: routes.requestTimeline,
} as const

/** What happened to a user, a device or a request, newest first. */
export const Timeline = ({ of, id }: { readonly of: keyof typeof timelines; readonly id: string }) => {
  const route = timelines[of]
  const query = useInfiniteQuery({
    queryKey: [route.id, id],
    queryFn: ({ pageParam, signal }) =>
      call(route, { params: { id }, query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: last => last.next,
  })
  const entries = query.data?.pages.flatMap(page => page.rows) ?? []
  return (
    <Panel title={t('user.timeline')}>
      {query.isPending && <Rows count={5} height={32} />}
      {query.isError && (
        <ErrorNotice error={query.error} title={t('error.load')} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && entries.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('timeline.empty')}
        </Text>
      )}
      {entries.length > 0 && (
        <ol className={css.list}>
          {entries.map(entry => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      {query.hasNextPage && (
        <Button
          mt="sm"
          size="xs"
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('timeline.more')}
        </Button>
      )}
    </Panel>
  )
}
