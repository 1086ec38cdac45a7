import { routes } from 'virtual:contract'
import type { RequestView } from '@cardwright/contract'
import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { read } from '../api/read.ts'
import { useMay } from '../api/session.ts'
import { lastFour } from '../format/device.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Notice } from '../parts/Notice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { RequestList } from '../requests/RequestList.tsx'
import { isOpen, nextOf, requestFace, whatOf } from '../requests/request-words.ts'
import { t } from '../texts/t.ts'

const shown = 10

/** The newest requests of a user; the page of the user and its banners ask once. */
const useUserRequests = (userId: string) => {
  const may = useMay()
  return useQuery({
    ...read(routes.listRequests, { query: { user: userId, queue: 'ALL', sort: '-requestedAt', limit: 50 } }),
    enabled: may(routes.listRequests.access),
    refetchInterval: 5_000,
  })
}

const headOf = (request: RequestView): string =>
  [whatOf(request), request.device && `…${lastFour(request.device.serial)}`, requestFace(request.state).word]
    .filter(Boolean)
    .join(' · ')

/** What is asked for and not done yet, with its next step and who acts. */
export const OpenRequests = ({ userId }: { readonly userId: string }) =>
  useUserRequests(userId)
    .data?.rows.filter(isOpen)
    .map(request => (
      <Notice
        key={request.id}
        tone={requestFace(request.state).tone}
        role="status"
        title={headOf(request)}
        actions={
          <ButtonLink size="xs" variant="default" to="/operator/requests/$requestId" params={{ requestId: request.id }}>
            {t('request.do.open')}
          </ButtonLink>
        }
      >
        <Text size="sm">{nextOf(request)}</Text>
      </Notice>
    ))

/** Everything that was ever asked for, newest first. */
export const UserRequests = ({ userId, userName }: { readonly userId: string; readonly userName: string }) => {
  const query = useUserRequests(userId)
  if (query.isError && !query.data) {
    return <ErrorNotice error={query.error} title={t('error.load')} onRetry={() => void query.refetch()} />
  }
  if (!query.data) return null
  const { rows, total } = query.data
  return (
    <Panel title={t('userRequests.title')}>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('userRequests.none', { user: userName })}
        </Text>
      ) : (
        <RequestList rows={rows.slice(0, shown)} />
      )}
      {total > shown && (
        <AnchorLink to="/operator/requests" search={{ queue: 'ALL', user: userId }} size="sm">
          {t('userRequests.more')}
        </AnchorLink>
      )}
    </Panel>
  )
}
