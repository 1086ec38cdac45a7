import { routes } from 'virtual:contract'
import { Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { read } from '../api/read.ts'
import { t } from '../texts/t.ts'
import type { Queue } from './waiting.ts'

/** A queue with how many requests are in it, whatever is filtered for. */
export const QueueTab = ({ queue }: { readonly queue: Queue }) => {
  const { data } = useQuery({
    ...read(routes.listRequests, { query: { queue, limit: 1 } }),
    refetchInterval: 15_000,
  })
  return (
    <Tabs.Tab value={queue}>
      {t(`requests.queue.${queue}`)}
      {data && ` (${data.total.toLocaleString('en')})`}
    </Tabs.Tab>
  )
}
