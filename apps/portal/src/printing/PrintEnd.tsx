import { routes } from 'virtual:contract'
import type { Device, PrintJob } from '@cardwright/contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { useDeviceChanged } from '../devices/use-device-changed.ts'
import { lastFour } from '../format/device.ts'
import { Bullets } from '../parts/Bullets.tsx'
import { Notice } from '../parts/Notice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { SaveError } from '../parts/SaveError.tsx'
import { t } from '../texts/t.ts'
import { PrintDialog } from './PrintDialog.tsx'
import { isUnderWay, mayContinue } from './print-words.ts'

type Props = { readonly job: PrintJob; readonly device: Device }

/** Continue makes the device Active, Cancel leaves it Pending; a fault loses nothing. Each says so before it is chosen (P-5, P-7). */
export const PrintEnd = ({ job, device }: Props) => {
  const navigate = useNavigate()
  const changed = useDeviceChanged()
  const [again, setAgain] = useState(false)
  const last = lastFour(device.serial)
  const user = device.user?.displayName ?? t('action.theUser')
  const pendingDevice = device.state === 'PRODUCED'
  const running = isUnderWay(job.state)
  const toUser = async (message: string) => {
    if (device.user)
      await navigate({ to: '/operator/users/$userId', params: { userId: device.user.id }, replace: true })
    else await navigate({ to: '/operator/devices/$deviceId', params: { deviceId: device.id }, replace: true })
    await changed(message)
  }
  const activate = useSubmit(async () => {
    await call(routes.activateDevice, { params: { id: device.id }, body: { version: device.version } })
    await toUser(t('activate.done', { last }))
  })
  const cancel = useSubmit(async () => {
    if (running) await call(routes.cancelPrint, { params: { id: job.id } })
    await toUser(t(pendingDevice ? 'print.staysPending' : 'print.stopped', { last }))
  })
  const actionNamed = (name: 'activate' | 'print') => device.actions.find(one => one.action === name)
  const activation = actionNamed('activate')
  const print = actionNamed('print')
  const hindrances = [pendingDevice && activation, !running && print].flatMap(one =>
    one && !one.allowed && one.reason ? [one.reason] : [],
  )
  const error = activate.error ?? cancel.error
  return (
    <>
      {job.state === 'FAILED' && (
        <Notice tone="bad" role="alert" title={job.fault?.text ?? t('print.failed')}>
          {job.fault && <Text size="sm">{job.fault.advice}</Text>}
          {pendingDevice && <Text size="sm">{t('print.nothingLost', { last, user })}</Text>}
        </Notice>
      )}
      <Panel title={t('print.next')}>
        <Stack gap="md">
          {pendingDevice && (
            <Bullets
              lines={[
                t(mayContinue(job) ? 'print.continueText' : 'print.continueOncePrinted', { user }),
                t(running ? 'print.stopText' : 'print.cancelText', { user }),
              ]}
            />
          )}
          {[...new Set(hindrances)].map(reason => (
            <Text key={reason} size="sm">
              {reason}
            </Text>
          ))}
          {error && (
            <SaveError
              error={error}
              onReload={() => {
                activate.clear()
                cancel.clear()
                void changed()
              }}
            />
          )}
          <Group>
            {pendingDevice && (
              <Button
                disabled={!mayContinue(job) || activation?.allowed !== true || cancel.pending}
                loading={activate.pending}
                onClick={() => void activate.submit(undefined)}
              >
                {t('print.continue')}
              </Button>
            )}
            {!running && print && (
              <Button
                variant={job.state === 'PRINTED' ? 'subtle' : 'default'}
                disabled={!print.allowed}
                onClick={() => setAgain(true)}
              >
                {t('print.again')}
              </Button>
            )}
            {(pendingDevice || running) && (
              <Button
                variant="default"
                disabled={activate.pending}
                loading={cancel.pending}
                onClick={() => void cancel.submit(undefined)}
              >
                {t(running && !pendingDevice ? 'print.stop' : 'common.cancel')}
              </Button>
            )}
            {!pendingDevice && !running && (
              <Button variant="default" onClick={() => void toUser(t('print.ended', { last }))}>
                {t('common.close')}
              </Button>
            )}
          </Group>
        </Stack>
      </Panel>
      {again && <PrintDialog device={device} onClose={() => setAgain(false)} />}
    </>
  )
}
