import { routes } from 'virtual:contract'
import { Group, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { read } from '../api/read.ts'
import { DeliveryList } from '../deliveries/DeliveryList.tsx'
import { deviceFace, lastFour } from '../format/device.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import columns from '../parts/Columns.module.css'
import { Copyable } from '../parts/Copyable.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { type Fact, Facts } from '../parts/Facts.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { Panel } from '../parts/Panel.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { Rows } from '../parts/Rows.tsx'
import { StateBadge } from '../parts/StateBadge.tsx'
import { Tag } from '../parts/Tag.tsx'
import { Timeline } from '../parts/Timeline.tsx'
import { PrintedDrawing } from '../printing/PrintedDrawing.tsx'
import { PrintHistory } from '../printing/PrintHistory.tsx'
import { RequestsPanel } from '../requests/RequestsPanel.tsx'
import { t } from '../texts/t.ts'
import { OpenIssuanceBanner } from '../users/OpenIssuanceBanner.tsx'
import css from './CredentialList.module.css'
import { CredentialList } from './CredentialList.tsx'
import { currentCredentials, earlierCredentials } from './current-credentials.ts'
import { DeviceActions } from './DeviceActions.tsx'
import { DeviceRequest } from './DeviceRequest.tsx'
import { ValidityBar } from './ValidityBar.tsx'

const api = getRouteApi('/signed-in/operator/devices/$deviceId')

export const DevicePage = () => {
  const { deviceId } = api.useParams()
  const query = useQuery(read(routes.getDevice, { params: { id: deviceId } }))
  if (query.isError) {
    return <ErrorNotice error={query.error} title={query.error.message} onRetry={() => void query.refetch()} />
  }
  if (query.isPending) return <Rows count={6} height={48} />

  const device = query.data
  const last = lastFour(device.serial)
  const earlier = earlierCredentials(device)
  const facts: Fact[] = [
    { name: t('device.serial'), value: <Copyable value={device.serial} what={t('device.serial')} /> },
    { name: t('device.model'), value: device.model },
    { name: t('device.policy'), value: device.policy?.name ?? t('device.noPolicy') },
  ]
  if (device.cardUuid) {
    facts.push({ name: t('device.cardUuid'), value: <Copyable value={device.cardUuid} what={t('device.cardUuid')} /> })
  }
  if (device.issuedAt) facts.push({ name: t('device.issuedAt'), value: <RelativeTime at={device.issuedAt} /> })

  return (
    <>
      <PageHeader
        title={t('device.heading', { model: device.model, last })}
        tab={t('device.tab', { serial: device.serial })}
        before={
          <AnchorLink to="/operator/devices" size="sm">
            {t('device.back')}
          </AnchorLink>
        }
        state={
          <Group gap={6}>
            <StateBadge face={deviceFace(device)} />
            {device.temporary && <Tag tone="info">{t('device.temporary')}</Tag>}
            {device.virtual && <Tag tone="info">{t('device.virtual')}</Tag>}
          </Group>
        }
        lead={
          <>
            {t('device.user')}:{' '}
            {device.user ? (
              <AnchorLink to="/operator/users/$userId" params={{ userId: device.user.id }}>
                {device.user.displayName}
              </AnchorLink>
            ) : (
              t('device.nobody')
            )}
          </>
        }
        actions={<DeviceActions device={device} />}
      />
      <div className={columns.narrow}>
        <Stack gap="lg" miw={0}>
          {device.openIssuanceId && (
            <OpenIssuanceBanner
              issuanceId={device.openIssuanceId}
              serial={device.serial}
              userName={device.user?.displayName ?? t('action.theUser')}
            />
          )}
          <DeviceRequest device={device} />
          <Panel title={t('device.data')}>
            <Group align="flex-start" gap="lg">
              <PrintedDrawing device={device} width={160} />
              <Stack gap="md" flex="1 1 280px">
                <Facts facts={facts} />
                {device.issuedAt && device.expiresAt && <ValidityBar from={device.issuedAt} to={device.expiresAt} />}
              </Stack>
            </Group>
          </Panel>
          <Panel title={t('device.certificates')}>
            <CredentialList credentials={currentCredentials(device)} />
            {earlier.length > 0 && (
              <details className={css.earlier}>
                <summary>{t('device.earlierCertificates', { count: earlier.length })}</summary>
                <CredentialList credentials={earlier} />
              </details>
            )}
          </Panel>
        </Stack>
        <Stack gap="lg" miw={0}>
          <DeliveryList deviceId={deviceId} userName={device.user?.displayName ?? t('action.theUser')} />
          <PrintHistory deviceId={deviceId} />
          <RequestsPanel about={{ device: deviceId }} none={t('deviceRequests.none')} />
          <Timeline of="device" id={deviceId} />
        </Stack>
      </div>
    </>
  )
}
