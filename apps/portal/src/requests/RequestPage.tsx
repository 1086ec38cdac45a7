import { routes } from 'virtual:contract'
import type { RequestView } from '@cardwright/contract'
import { Group, SimpleGrid, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { read } from '../api/read.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import columns from '../parts/Columns.module.css'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { type Fact, Facts } from '../parts/Facts.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { Panel } from '../parts/Panel.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { Rows } from '../parts/Rows.tsx'
import { StateBadge } from '../parts/StateBadge.tsx'
import { Timeline } from '../parts/Timeline.tsx'
import { t } from '../texts/t.ts'
import { DecideDialog, type Decision } from './DecideDialog.tsx'
import { EarlierRequests } from './EarlierRequests.tsx'
import { LossClock } from './LossClock.tsx'
import { NextPanel } from './NextPanel.tsx'
import { RequestDevice } from './RequestDevice.tsx'
import { isOpen, issuedByUser, requesterOf, requestFace, titleOf, whatOf, whyOf } from './request-words.ts'

const api = getRouteApi('/signed-in/operator/requests/$requestId')

const factsOf = (request: RequestView): Fact[] => {
  const facts: Fact[] = [
    {
      name: t('requests.user'),
      value: (
        <AnchorLink to="/operator/users/$userId" params={{ userId: request.user.id }} size="sm">
          {request.user.displayName}
        </AnchorLink>
      ),
    },
    { name: t('requests.what'), value: whatOf(request) },
  ]
  if (request.workflow) {
    facts.push({
      name: t('request.workflow'),
      value: t(`workflow.${request.workflow}.text`, { user: request.user.displayName }),
    })
  }
  if (request.policy) facts.push({ name: t('request.policy'), value: request.policy.name })
  if (request.note) facts.push({ name: t('request.note'), value: request.note })
  facts.push({
    name: t('request.requestedBy'),
    value: (
      <>
        {requesterOf(request)}, <RelativeTime at={request.requestedAt} />
      </>
    ),
  })
  if (request.decidedBy && request.decidedAt) {
    facts.push({
      name: t('request.decidedBy'),
      value: (
        <>
          {request.decidedBy}, <RelativeTime at={request.decidedAt} />
        </>
      ),
    })
  }
  if (isOpen(request) && request.expiresAt) {
    facts.push({ name: t('request.expires'), value: <RelativeTime at={request.expiresAt} /> })
  }
  return facts
}

/** One request: what is asked and why, how far it is, who acts next, and what happened. */
export const RequestPage = () => {
  const { requestId } = api.useParams()
  const [decision, setDecision] = useState<Decision | null>(null)
  const query = useQuery({
    ...read(routes.getRequest, { params: { id: requestId } }),
    refetchInterval: ({ state }) => (state.data && isOpen(state.data) ? 5_000 : false),
  })
  if (query.isError && !query.data) {
    return <ErrorNotice error={query.error} title={query.error.message} onRetry={() => void query.refetch()} />
  }
  if (!query.data) return <Rows count={6} height={48} />

  const request = query.data
  const { device, newDevice, user } = request
  return (
    <>
      <PageHeader
        title={titleOf(request)}
        before={
          <AnchorLink to="/operator/requests" size="sm">
            {t('request.back')}
          </AnchorLink>
        }
        state={
          <Group gap={6}>
            <StateBadge face={requestFace(request.state)} />
            <LossClock request={request} />
          </Group>
        }
        lead={<Text>{whyOf(request)}</Text>}
      />
      <div className={columns.narrow}>
        <Stack gap="lg" miw={0}>
          <NextPanel request={request} onDecide={setDecision} />
          <SimpleGrid cols={{ base: 1, sm: device ? 2 : 1 }} spacing="lg">
            {device && <RequestDevice title={t('request.target')} device={device} none="" />}
            <RequestDevice
              title={t('request.newDevice')}
              device={newDevice}
              none={
                isOpen(request)
                  ? t(issuedByUser(request) ? 'request.chosenByUser' : 'request.chosenAtDesk')
                  : t('request.noNewDevice')
              }
            />
          </SimpleGrid>
          <Panel title={t('request.asked')}>
            <Facts facts={factsOf(request)} />
          </Panel>
          <EarlierRequests user={user} before={request} />
        </Stack>
        <Timeline of="request" id={requestId} />
      </div>
      {decision && (
        <DecideDialog key={decision} request={request} decision={decision} onClose={() => setDecision(null)} />
      )}
    </>
  )
}
