import { notifications } from '@mantine/notifications'
import { useSubmit } from '../api/use-submit.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { t } from '../texts/t.ts'

type Props = {
  readonly version: number
  readonly onTake: (version: number) => Promise<void>
  readonly onClose: () => void
}

/** The way back: an earlier version becomes the draft, and is published like any other change. */
export const TakeVersionDialog = ({ version, onTake, onClose }: Props) => {
  const { submit, pending, error } = useSubmit(async () => {
    await onTake(version)
    onClose()
    notifications.show({ message: t('versions.taken', { version }), color: 'teal' })
  })
  return (
    <ConfirmDialog
      opened
      title={t('versions.takeTitle', { version })}
      text={t('versions.takeText')}
      verb={t('versions.take')}
      pending={pending}
      error={error}
      onConfirm={() => void submit(undefined)}
      onClose={onClose}
    />
  )
}
