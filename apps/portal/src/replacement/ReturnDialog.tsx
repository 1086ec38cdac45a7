import { routes } from 'virtual:contract'
import type { Device } from '@cardwright/contract'
import { Text } from '@mantine/core'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { useDeviceChanged } from '../devices/use-device-changed.ts'
import { lastFour } from '../format/device.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { useRequestChanged } from '../requests/use-request-changed.ts'
import { t } from '../texts/t.ts'

type Props = { readonly device: Device; readonly onClose: () => void }

/** a temporary device comes back, so the one that was forgotten works again. */
export const ReturnDialog = ({ device, onClose }: Props) => {
  const said = useDeviceChanged()
  const changed = useRequestChanged()
  const last = lastFour(device.serial)
  const { submit, pending, error } = useSubmit(async () => {
    await call(routes.terminateDevice, {
      params: { id: device.id },
      body: { version: device.version, reason: 'UNASSIGNED' },
    })
    onClose()
    await said(t('return.done', { last }))
    await changed()
  })
  return (
    <ConfirmDialog
      opened
      title={t('return.title', { last })}
      text={t('return.text')}
      verb={t('return.do')}
      pending={pending}
      error={error}
      onConfirm={() => void submit(undefined)}
      onClose={onClose}
      onReload={() => {
        void changed()
        onClose()
      }}
    >
      <Text>{t('return.ask', { last, user: device.user?.displayName ?? t('action.theUser') })}</Text>
    </ConfirmDialog>
  )
}
