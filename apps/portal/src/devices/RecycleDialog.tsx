import { routes } from 'virtual:contract'
import type { Device } from '@cardwright/contract'
import { Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { call } from '../api/call.ts'
import { read } from '../api/read.ts'
import { useSubmit } from '../api/use-submit.ts'
import { lastFour } from '../format/device.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { ReaderNotice } from '../readers/ReaderNotice.tsx'
import { useReaderNow } from '../readers/use-reader-now.ts'
import { useReaders } from '../readers/use-readers.ts'
import { t } from '../texts/t.ts'

type Props = { readonly device: Pick<Device, 'id' | 'serial' | 'state' | 'user'>; readonly onClose: () => void }

/** Recycle needs the card itself: it is recognised as soon as it is in a reader. */
export const RecycleDialog = ({ device, onClose }: Props) => {
  const navigate = useNavigate()
  const client = useQueryClient()
  const { data, mayUse } = useReaders(true)
  const readerNow = useReaderNow()
  const reader = data?.readers.find(r => r.card?.known?.deviceId === device.id)
  const last = lastFour(device.serial)

  const { submit, pending, error } = useSubmit(async (_: undefined, idempotencyKey) => {
    if (!reader?.card) return
    const { id: readerId, card } = await readerNow(reader)
    if (!card) return
    const view = await call(routes.startRecycle, {
      body: { readerId, insertion: card.insertion },
      idempotencyKey,
    })
    client.setQueryData(read(routes.getIssuance, { params: { id: view.id } }).queryKey, view)
    onClose()
    await navigate({ to: '/operator/issuances/$issuanceId', params: { issuanceId: view.id } })
  })

  return (
    <ConfirmDialog
      opened
      danger
      title={t('recycle.title')}
      text={t('recycle.text')}
      verb={t('recycle.do')}
      ready={reader !== undefined && !reader.busy}
      pending={pending}
      error={error}
      onConfirm={() => void submit(undefined)}
      onClose={onClose}
    >
      <Stack gap="md">
        {device.user && (device.state === 'ISSUED' || device.state === 'PRODUCED') && (
          <Text>{t('recycle.textIssued', { user: device.user.displayName })}</Text>
        )}
        <ReaderNotice reader={reader} mayUse={mayUse} last={last} />
      </Stack>
    </ConfirmDialog>
  )
}
