import { routes } from 'virtual:contract'
import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { read } from '../api/read.ts'
import { useMay } from '../api/session.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'
import { RequestList } from './RequestList.tsx'

const shown = 10
type About = { readonly user: string } | { readonly device: string }

/** The newest requests of a user or a device; whoever shows them twice on a page asks once. */
export const useRequestsOf = (about: About) => {
  const may = useMay()
  return useQuery({
    ...read(routes.listRequests, { query: { ...about, queue: 'ALL', sort: '-requestedAt', limit: 50 } }),
    enabled: may(routes.listRequests.access),
    refetchInterval: 5_000,
  })
}

type Props = { readonly about: About; readonly none: string }

/** Everything that was ever asked for, newest first. */
export const RequestsPanel = ({ about, none }: Props) => {
  const query = useRequestsOf(about)
  if (query.isError && !query.data) {
    return <ErrorNotice error={query.error} title={t('error.load')} onRetry={() => void query.refetch()} />
  }
  if (!query.data) return null
  const { rows, total } = query.data
  return (
    <Panel title={t('requests.title')}>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {none}
        </Text>
      ) : (
        <RequestList rows={rows.slice(0, shown)} />
      )}
      {total > shown && (
        <AnchorLink to="/operator/requests" search={{ queue: 'ALL', ...about }} size="sm">
          {t('requests.all')}
        </AnchorLink>
      )}
    </Panel>
  )
}
