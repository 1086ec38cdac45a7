import { routes } from 'virtual:contract'
import { Button, Group, SimpleGrid, Stack } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { read } from '../api/read.ts'
import { useMay, useSession } from '../api/session.ts'
import { DeviceTile } from '../devices/DeviceTile.tsx'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import css from '../parts/Columns.module.css'
import { DeviceDrawing } from '../parts/DeviceDrawing.tsx'
import { Empty } from '../parts/Empty.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { Panel } from '../parts/Panel.tsx'
import { Rows } from '../parts/Rows.tsx'
import { Tag } from '../parts/Tag.tsx'
import { Timeline } from '../parts/Timeline.tsx'
import { HeaderPhoto } from '../photo/HeaderPhoto.tsx'
import { RequestsPanel } from '../requests/RequestsPanel.tsx'
import { t } from '../texts/t.ts'
import { IdentityPanel } from './IdentityPanel.tsx'
import { IssuedNotice } from './IssuedNotice.tsx'
import { OpenIssuanceBanner } from './OpenIssuanceBanner.tsx'
import { OpenRequests } from './OpenRequests.tsx'
import { UserFacts } from './UserFacts.tsx'
import { UserLogins } from './UserLogins.tsx'
import { UserMenu } from './UserMenu.tsx'
import { UserStatus } from './UserStatus.tsx'
import { useJustIssued } from './use-just-issued.ts'

const api = getRouteApi('/signed-in/operator/users/$userId')

export const UserPage = () => {
  const { userId } = api.useParams()
  const may = useMay()
  const { operator } = useSession()
  const user = useQuery(read(routes.getUser, { params: { id: userId } }))
  const devices = useQuery({
    ...read(routes.userDevices, { params: { id: userId } }),
    enabled: may(routes.userDevices.access),
  })
  const issued = useJustIssued(userId)
  const [endedShown, setEndedShown] = useState(false)

  if (user.isError) {
    return <ErrorNotice error={user.error} title={user.error.message} onRetry={() => void user.refetch()} />
  }
  if (user.isPending) return <Rows count={6} height={48} />

  const person = user.data
  const rows = devices.data?.rows ?? []
  const current = rows.filter(device => device.state !== 'TERMINATED')
  const ended = rows.filter(device => device.state === 'TERMINATED')
  const disabled = person.status === 'DISABLED'
  const mayAdd = may(routes.listReaders.access) && (may(routes.startIssuance.access) || may(routes.assignDevice.access))
  const addReason = disabled ? t('user.addDeviceDisabled') : t('common.notPermitted', { role: operator.role.name })

  return (
    <>
      <PageHeader
        title={person.displayName}
        before={
          <AnchorLink to="/operator/users" size="sm">
            {t('user.back')}
          </AnchorLink>
        }
        picture={<HeaderPhoto user={person} />}
        state={<UserStatus status={person.status} />}
        lead={
          <Group gap={6}>
            {person.groups.map(group => (
              <Tag key={group.id}>{group.name}</Tag>
            ))}
            {person.groups.length === 0 && t('user.noGroups')}
          </Group>
        }
        actions={
          <>
            {may(routes.updateUser.access) && (
              <ButtonLink variant="default" to="/admin/users/$userId" params={{ userId }}>
                {t('user.edit')}
              </ButtonLink>
            )}
            {mayAdd && !disabled ? (
              <ButtonLink
                to="/operator/users/$userId/add-device"
                params={{ userId }}
                leftSection={<IconPlus size={16} aria-hidden />}
              >
                {t('user.addDevice')}
              </ButtonLink>
            ) : (
              <Button disabled title={addReason} leftSection={<IconPlus size={16} aria-hidden />}>
                {t('user.addDevice')}
              </Button>
            )}
            <UserMenu user={person} devices={rows} />
          </>
        }
      />
      <div className={css.narrow}>
        <Stack gap="lg" miw={0}>
          {issued && <IssuedNotice issuance={issued} devices={rows} userName={person.displayName} />}
          <OpenRequests userId={userId} />
          {rows
            .filter(device => device.openIssuanceId !== null)
            .map(device => (
              <OpenIssuanceBanner
                key={device.id}
                issuanceId={device.openIssuanceId ?? ''}
                serial={device.serial}
                userName={person.displayName}
              />
            ))}
          <section aria-label={t('user.devices')}>
            {devices.isPending && <Rows count={2} height={160} />}
            {devices.isError && (
              <ErrorNotice error={devices.error} title={t('error.load')} onRetry={() => void devices.refetch()} />
            )}
            {devices.isSuccess && current.length === 0 && (
              <Panel>
                <Empty
                  title={t('user.noDevices.title')}
                  text={t('user.noDevices.text', { user: person.displayName })}
                  drawing={<DeviceDrawing form="card" serial={null} faded />}
                />
              </Panel>
            )}
            <SimpleGrid cols={{ base: 1, xl: 2 }} spacing="md">
              {current.map(device => (
                <DeviceTile key={device.id} device={device} highlight={issued?.deviceId === device.id} />
              ))}
              {endedShown && ended.map(device => <DeviceTile key={device.id} device={device} highlight={false} />)}
            </SimpleGrid>
            {ended.length > 0 && (
              <Button variant="subtle" mt="sm" aria-expanded={endedShown} onClick={() => setEndedShown(!endedShown)}>
                {endedShown ? t('user.endedHide') : t('user.ended', { count: ended.length })}
              </Button>
            )}
          </section>
        </Stack>
        <Stack gap="lg" miw={0}>
          <Panel title={t('user.data')}>
            <UserFacts user={person} />
          </Panel>
          <IdentityPanel user={person} />
          <RequestsPanel about={{ user: userId }} none={t('userRequests.none', { user: person.displayName })} />
          <UserLogins user={person} />
          <Timeline of="user" id={userId} />
        </Stack>
      </div>
    </>
  )
}
