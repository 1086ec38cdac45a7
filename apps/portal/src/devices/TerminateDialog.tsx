import { routes, type words } from 'virtual:contract'
import type { Device } from '@cardwright/contract'
import { Radio, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { lastFour } from '../format/device.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { t } from '../texts/t.ts'
import { useDeviceChanged } from './use-device-changed.ts'

type Reason = (typeof words.terminationReason)[number]
/** The likely ones first. */
const order: readonly Reason[] = ['LOST', 'STOLEN', 'DAMAGED', 'UNASSIGNED', 'EXPIRED']

export const TerminateDialog = ({ device, onClose }: { readonly device: Device; readonly onClose: () => void }) => {
  const [reason, setReason] = useState<Reason | null>(null)
  const [note, setNote] = useState('')
  const changed = useDeviceChanged()
  const { submit, pending, error } = useSubmit(async (chosen: Reason) => {
    await call(routes.terminateDevice, {
      params: { id: device.id },
      body: { version: device.version, reason: chosen, note },
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
      ready={reason !== null}
      pending={pending}
      error={error}
      onConfirm={() => reason && void submit(reason)}
      onClose={onClose}
      onReload={() => {
        void changed()
        onClose()
      }}
    >
      <Radio.Group label={t('terminate.reason')} value={reason} onChange={value => setReason(value as Reason)}>
        <Stack gap="xs" mt="xs">
          {order.map(value => (
            <Radio key={value} value={value} label={t(`terminate.reason.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        label={`${t('action.note')} (${t('common.optional')})`}
        maxLength={500}
        autosize
        minRows={2}
        value={note}
        onChange={event => setNote(event.currentTarget.value)}
      />
    </ConfirmDialog>
  )
}
