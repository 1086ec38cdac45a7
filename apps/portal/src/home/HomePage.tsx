import { routes } from 'virtual:contract'
import { SimpleGrid, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { read } from '../api/read.ts'
import { useMay, useSession } from '../api/session.ts'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { Panel } from '../parts/Panel.tsx'
import { Rows } from '../parts/Rows.tsx'
import { t } from '../texts/t.ts'
import { Backlog } from './Backlog.tsx'
import { DeskSearch } from './DeskSearch.tsx'
import { ExpiringWeeks } from './ExpiringWeeks.tsx'
import { LossReports } from './LossReports.tsx'
import { OperationList } from './OperationList.tsx'
import { QueueCounts } from './QueueCounts.tsx'
import { StateCounts } from './StateCounts.tsx'
import { Undelivered } from './Undelivered.tsx'

/** What waits, what failed, what there is: each number opens the list behind it. */
export const HomePage = () => {
  const { operator } = useSession()
  const may = useMay()
  // Who takes calls and issues nothing begins with whoever is calling: the Help desk, and duplicates of that role.
  const desk = may(routes.checkIdentity.access) && !may(routes.startIssuance.access)
  const query = useQuery({ ...read(routes.home, {}), enabled: may(routes.home.access), refetchInterval: 30_000 })
  const home = query.data
  return (
    <>
      <PageHeader
        title={t('home.greeting', { name: operator.displayName })}
        tab={t('home.title')}
        lead={t('home.findHint')}
        actions={<ButtonLink to="/operator/users">{t('home.find')}</ButtonLink>}
      />
      {desk && (
        <Stack mb="lg">
          <DeskSearch />
        </Stack>
      )}
      {query.isError && !home && (
        <ErrorNotice error={query.error} title={t('error.load')} onRetry={() => void query.refetch()} />
      )}
      {!home && query.isFetching && <Rows count={4} height={96} />}
      {home && (
        <Stack gap="lg">
          {home.authorityBacklog && <Backlog backlog={home.authorityBacklog} />}
          <LossReports reports={home.lossReports} />
          <Undelivered undelivered={home.undelivered} />
          {home.requests && (
            <Panel title={t('home.queues')}>
              <QueueCounts counts={home.requests} />
            </Panel>
          )}
          <Panel title={t('home.byState')}>
            <StateCounts counts={home.devicesByState} />
          </Panel>
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
            <Panel title={t('home.open')}>
              {home.openIssuances.length === 0 ? (
                <Text c="dimmed" size="sm">
                  {t('home.openNone')}
                </Text>
              ) : (
                <OperationList rows={home.openIssuances.map(row => ({ ...row, at: row.since, what: '' }))} />
              )}
            </Panel>
            <Panel title={t('home.failures')}>
              {home.failures.length === 0 ? (
                <Text c="dimmed" size="sm">
                  {t('home.failuresNone')}
                </Text>
              ) : (
                <OperationList rows={home.failures} />
              )}
            </Panel>
          </SimpleGrid>
          <Panel title={t('home.expiring')}>
            <ExpiringWeeks weeks={home.expiringByWeek} />
          </Panel>
        </Stack>
      )}
    </>
  )
}
