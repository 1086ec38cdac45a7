import { routes } from 'virtual:contract'
import type { Device } from '@cardwright/contract'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { lastFour } from '../format/device.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { NoteField } from '../parts/NoteField.tsx'
import { t } from '../texts/t.ts'
import { useDeviceChanged } from './use-device-changed.ts'

type Change = 'activate' | 'suspend' | 'resume' | 'unassign'
type Props = { readonly device: Device; readonly action: Change; readonly onClose: () => void }

/** Activate, suspend, resume or unassign, after saying what it means for the person. */
export const ChangeDeviceDialog = ({ device, action, onClose }: Props) => {
  const [note, setNote] = useState('')
  const changed = useDeviceChanged()
  const takesNote = action === 'suspend' || action === 'resume'
  const { submit, pending, error } = useSubmit(async () => {
    const params = { id: device.id }
    const { version } = device
    if (action === 'activate') await call(routes.activateDevice, { params, body: { version } })
    else if (action === 'unassign') await call(routes.unassignDevice, { params, body: { version } })
    else if (action === 'suspend') await call(routes.suspendDevice, { params, body: { version, note } })
    else await call(routes.resumeDevice, { params, body: { version, note } })
    onClose()
    await changed(t(`${action}.done`, { last: lastFour(device.serial) }))
  })
  return (
    <ConfirmDialog
      opened
      title={t(`${action}.title`)}
      text={t(`${action}.text`, { user: device.user?.displayName ?? t('action.theUser') })}
      verb={t(`${action}.do`)}
      pending={pending}
      error={error}
      onConfirm={() => void submit(undefined)}
      onClose={onClose}
      onReload={() => {
        void changed()
        onClose()
      }}
    >
      {takesNote && <NoteField label={t('action.note')} optional value={note} onChange={setNote} />}
    </ConfirmDialog>
  )
}
