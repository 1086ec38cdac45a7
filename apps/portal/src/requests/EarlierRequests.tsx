import { routes } from 'virtual:contract'
import type { RequestView } from '@cardwright/contract'
import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { read } from '../api/read.ts'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'
import { RequestList } from './RequestList.tsx'

type Props = { readonly user: RequestView['user']; readonly before: RequestView }

/** What was asked for this user before: who decides sees whether it is the third lost card this year. */
export const EarlierRequests = ({ user, before }: Props) => {
  const { data } = useQuery(
    read(routes.listRequests, { query: { user: user.id, queue: 'ALL', sort: '-requestedAt', limit: 50 } }),
  )
  if (!data) return null
  const rows = data.rows.filter(row => row.id !== before.id && row.requestedAt <= before.requestedAt)
  return (
    <Panel title={t('request.history', { user: user.displayName })}>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('request.historyNone', { user: user.displayName })}
        </Text>
      ) : (
        <RequestList rows={rows} />
      )}
    </Panel>
  )
}
