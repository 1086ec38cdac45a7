import { routes } from 'virtual:contract'
import { Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { read } from '../api/read.ts'
import { useMay } from '../api/session.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import css from '../parts/List.module.css'
import { Panel } from '../parts/Panel.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { StateBadge } from '../parts/StateBadge.tsx'
import { t } from '../texts/t.ts'
import { isUnderWay, jobFace } from './print-words.ts'

/** The prints of a device, newest first; nothing where it was never printed. */
export const PrintHistory = ({ deviceId }: { readonly deviceId: string }) => {
  const enabled = useMay()(routes.devicePrints.access)
  const query = useQuery({
    ...read(routes.devicePrints, { params: { id: deviceId } }),
    enabled,
    refetchInterval: ({ state }) => (state.data?.rows.some(row => isUnderWay(row.state)) ? 3_000 : false),
  })
  const rows = query.data?.rows ?? []
  if (!enabled || (!query.isError && rows.length === 0)) return null
  return (
    <Panel title={t('print.history')}>
      {query.isError && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      <ul className={css.list}>
        {rows.map(job => (
          <li key={job.id}>
            <Group gap="xs">
              <AnchorLink to="/operator/print-jobs/$jobId" params={{ jobId: job.id }}>
                {job.layout.name}
              </AnchorLink>
              <StateBadge face={jobFace(job)} />
            </Group>
            {job.fault && <Text size="sm">{job.fault.text}</Text>}
            <Text size="sm" c="dimmed">
              {job.printer.name} · {job.startedBy} · <RelativeTime at={job.startedAt} />
            </Text>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
