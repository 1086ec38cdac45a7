import { routes } from 'virtual:contract'
import type { Device } from '@cardwright/contract'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { lastFour } from '../format/device.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { t } from '../texts/t.ts'
import { type Termination, TerminationFields, type TerminationReason } from './TerminationFields.tsx'
import { useDeviceChanged } from './use-device-changed.ts'

/** The likely ones first. */
const reasons: readonly TerminationReason[] = ['LOST', 'STOLEN', 'DAMAGED', 'UNASSIGNED', 'EXPIRED']

export const TerminateDialog = ({ device, onClose }: { readonly device: Device; readonly onClose: () => void }) => {
  const [given, setGiven] = useState<Termination>({ reason: null, note: '' })
  const changed = useDeviceChanged()
  const { submit, pending, error } = useSubmit(async (reason: TerminationReason) => {
    await call(routes.terminateDevice, {
      params: { id: device.id },
      body: { version: device.version, reason, note: given.note },
    })
    onClose()
    await changed(t('terminate.done', { last: lastFour(device.serial) }))
  })
  return (
    <ConfirmDialog
      opened
      danger
      title={t('terminate.title')}
      text={t('terminate.text', { user: device.user?.displayName ?? t('action.theUser') })}
      verb={t('terminate.do')}
      ready={given.reason !== null}
      pending={pending}
      error={error}
      onConfirm={() => given.reason && void submit(given.reason)}
      onClose={onClose}
      onReload={() => {
        void changed()
        onClose()
      }}
    >
      <TerminationFields label={t('terminate.reason')} reasons={reasons} value={given} onChange={setGiven} />
    </ConfirmDialog>
  )
}
