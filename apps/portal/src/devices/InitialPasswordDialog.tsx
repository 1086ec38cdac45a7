import { routes } from 'virtual:contract'
import type { Device, InitialPassword } from '@cardwright/contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { lastFour } from '../format/device.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { t } from '../texts/t.ts'
import { InitialPasswordNote } from './InitialPasswordNote.tsx'
import { useDeviceChanged } from './use-device-changed.ts'

type Props = { readonly device: Device; readonly onClose: () => void }

/** A new initial password for a device that waits for its user; it lives in this component's state alone. */
export const InitialPasswordDialog = ({ device, onClose }: Props) => {
  const [answer, setAnswer] = useState<InitialPassword | null>(null)
  const changed = useDeviceChanged()
  const { submit, pending, error } = useSubmit(async () => {
    setAnswer(await call(routes.newInitialPassword, { params: { id: device.id } }))
    await changed()
  })
  const user = device.user?.displayName ?? t('action.theUser')
  return (
    <Dialog
      opened
      onClose={onClose}
      size="lg"
      closeOnClickOutside={answer === null}
      closeOnEscape={answer === null}
      title={answer ? t('initialPassword.title', { user }) : t('initialPassword.newTitle')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {answer && device.user ? (
        <InitialPasswordNote answer={answer} user={device.user} last={lastFour(device.serial)} onDone={onClose} />
      ) : (
        <Stack gap="md">
          <Text>{t('initialPassword.newText', { user })}</Text>
          {error && <ErrorNotice error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button loading={pending} onClick={() => void submit(undefined)} data-autofocus>
              {t('initialPassword.newDo')}
            </Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  )
}
