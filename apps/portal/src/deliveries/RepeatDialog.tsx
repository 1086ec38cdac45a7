import { routes } from 'virtual:contract'
import type { Delivery } from '@cardwright/contract'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { useDeviceChanged } from '../devices/use-device-changed.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { NoteField } from '../parts/NoteField.tsx'
import { Notice } from '../parts/Notice.tsx'
import { t } from '../texts/t.ts'
import { whatOf } from './delivery-words.ts'

type Props = { readonly delivery: Delivery; readonly userName: string; readonly onClose: () => void }

/** Delivers again what failed; of a letter that may lie in the printer it is said before that the new one is a copy (N-5). */
export const RepeatDialog = ({ delivery, userName, onClose }: Props) => {
  const { channel } = delivery
  const [note, setNote] = useState('')
  const changed = useDeviceChanged()
  const { submit, pending, error } = useSubmit(async (_: undefined, idempotencyKey) => {
    await call(routes.repeatDelivery, { params: { id: delivery.id }, body: { note: note.trim() }, idempotencyKey })
    onClose()
    await changed(t('delivery.repeated'))
  })
  return (
    <ConfirmDialog
      opened
      title={t(`delivery.${channel}.repeat.title`, { what: whatOf(delivery) })}
      text={t(`delivery.${channel}.repeat.text`, { user: userName })}
      verb={t(`delivery.${channel}.repeat.do`)}
      pending={pending}
      error={error}
      onConfirm={() => void submit(undefined)}
      onClose={onClose}
    >
      {delivery.state === 'UNCERTAIN' && (
        <Notice tone="warn" title={t('delivery.copyTitle')}>
          {t('delivery.copyText')}
        </Notice>
      )}
      <NoteField label={t('action.note')} optional value={note} onChange={setNote} />
    </ConfirmDialog>
  )
}
