import { routes } from 'virtual:contract'
import type { IssuanceView } from '@cardwright/contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState } from 'react'
import { Steps } from '../add-device/Steps.tsx'
import { address } from '../api/address.ts'
import { read } from '../api/read.ts'
import { useStream } from '../api/use-stream.ts'
import { useDeviceChanged } from '../devices/use-device-changed.ts'
import { lastFour } from '../format/device.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Facts } from '../parts/Facts.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { Panel } from '../parts/Panel.tsx'
import { Rows } from '../parts/Rows.tsx'
import { PrintAhead } from '../printing/EncodedAndPrinted.tsx'
import { StartPrint } from '../printing/StartPrint.tsx'
import { t } from '../texts/t.ts'
import { FailureDialog } from './FailureDialog.tsx'
import { IssuanceEnd } from './IssuanceEnd.tsx'
import { NewPin } from './NewPin.tsx'
import { Progress } from './Progress.tsx'
import { isOpen } from './progress-of.ts'
import { ReaderDrawing } from './ReaderDrawing.tsx'
import { StepList } from './StepList.tsx'

const api = getRouteApi('/signed-in/operator/issuances/$issuanceId')

/** Issue Device: a running operation, found again under its address after a closed tab, a reload or another sign-in. */
export const IssuancePage = () => {
  const { issuanceId } = api.useParams()
  const { layout, printer } = api.useSearch()
  const order = layout && printer ? { layoutId: layout, printerId: printer } : null
  const [seenToEnd, setSeenToEnd] = useState(false)
  const navigate = useNavigate()
  const changed = useDeviceChanged()
  const [later, setLater] = useState(false)
  const options = read(routes.getIssuance, { params: { id: issuanceId } })
  const [watching, setWatching] = useState(true)
  const live = useStream(watching ? address(routes.watchIssuance.path, { id: issuanceId }) : null, options.queryKey)
  const query = useQuery({
    ...options,
    staleTime: 0,
    refetchInterval: ({ state }) => (live || (state.data && !isOpen(state.data.state)) ? false : 2_000),
  })
  const view = query.data

  const leave = useCallback(
    (ended: IssuanceView) => {
      void changed()
      if (ended.kind === 'RECYCLE') {
        notifications.show({ message: t('issued.recycled', { last: lastFour(ended.serial) }), color: 'teal' })
      }
      if (ended.userId && ended.kind !== 'RECYCLE') {
        const search = ended.state === 'COMPLETED' ? { issued: ended.id } : {}
        void navigate({ to: '/operator/users/$userId', params: { userId: ended.userId }, search, replace: true })
      } else if (ended.deviceId) {
        void navigate({ to: '/operator/devices/$deviceId', params: { deviceId: ended.deviceId }, replace: true })
      }
    },
    [changed, navigate],
  )

  // Only an end that was seen to come leads away; a page opened on an old issuance stays and says how it ended.
  const state = view?.state
  const printing = order !== null
  const before = useRef<IssuanceView['state'] | undefined>(undefined)
  useEffect(() => {
    const was = before.current
    before.current = state
    if (view === undefined) return
    setWatching(isOpen(view.state))
    if (view.state !== 'FAILED') setLater(false)
    if (was === undefined || was === 'COMPLETED' || view.state !== 'COMPLETED') return
    if (!printing) return leave(view)
    setSeenToEnd(true)
    // Whoever leaves before it is printed finds the card with its user.
    void changed()
  }, [state, view, leave, printing, changed])

  if (query.isError && !view) {
    return <ErrorNotice error={query.error} title={t('issuance.missing')} onRetry={() => void query.refetch()} />
  }
  if (!view) return <Rows count={5} height={48} />

  const running = view.state === 'RUNNING' || view.state === 'WAITING_FOR_PIN'
  const title = t(`issuance.title.${view.kind}`)
  return (
    <>
      <PageHeader
        title={view.kind === 'RECYCLE' ? title : t('addDevice.title')}
        tab={title}
        before={
          view.userId && (
            <AnchorLink to="/operator/users/$userId" params={{ userId: view.userId }} size="sm">
              {view.userName ?? ''}
            </AnchorLink>
          )
        }
        lead={view.userName && view.kind !== 'RECYCLE' ? t('addDevice.for', { user: view.userName }) : undefined}
      />
      {view.kind !== 'RECYCLE' && <Steps current={1} issueLabel={printing ? undefined : title} print={printing} />}
      <Stack gap="lg" maw={960}>
        {running && (
          <Panel>
            <Group gap="lg">
              <ReaderDrawing running={view.state === 'RUNNING'} />
              <div>
                <Text fw={650} size="lg">
                  {t('issuance.keep')}
                </Text>
                <Text c="dimmed">{t('issuance.keepText', { reader: view.readerName })}</Text>
              </div>
            </Group>
          </Panel>
        )}
        {view.state === 'WAITING_FOR_PIN' && <NewPin view={view} />}
        {view.state === 'FAILED' && later && (
          <Notice
            tone="bad"
            role="status"
            title={view.error?.what ?? t(`failure.title.${view.kind}`)}
            actions={
              <Button size="xs" variant="default" onClick={() => setLater(false)}>
                {t('banner.resolve')}
              </Button>
            }
          >
            {view.error?.advice}
          </Notice>
        )}
        {order && view.state === 'COMPLETED' && view.deviceId ? (
          <StartPrint view={view} deviceId={view.deviceId} order={order} atOnce={seenToEnd} />
        ) : (
          !isOpen(view.state) && <IssuanceEnd view={view} />
        )}
        <Panel title={title}>
          <Stack gap="lg">
            <Progress view={view} />
            {order && view.state !== 'CANCELLED' && <PrintAhead printerId={order.printerId} />}
            <StepList steps={view.steps} />
          </Stack>
        </Panel>
        <Panel>
          <Facts
            facts={[
              { name: t('issuance.device'), value: view.serial },
              { name: t('issuance.reader'), value: `${view.readerName} · ${t(`reader.${view.where}`)}` },
              ...(view.policy ? [{ name: t('issuance.policy'), value: view.policy.name }] : []),
              ...(view.attempt > 1 ? [{ name: t('issuance.attempt'), value: view.attempt }] : []),
            ]}
          />
        </Panel>
      </Stack>
      <FailureDialog
        view={view}
        opened={view.state === 'FAILED' && !later}
        onClose={() => setLater(true)}
        onCancelled={leave}
      />
    </>
  )
}
