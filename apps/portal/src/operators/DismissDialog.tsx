import { routes } from 'virtual:contract'
import type { User } from '@cardwright/contract'
import { notifications } from '@mantine/notifications'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { t } from '../texts/t.ts'

type Props = { readonly user: User; readonly onClose: () => void }

/** Takes the role away; the user, the groups and the devices stay. */
export const DismissDialog = ({ user, onClose }: Props) => {
  const names = { user: user.displayName, role: user.role?.name ?? '' }
  const { submit, pending, error } = useSubmit(async () => {
    await call(routes.dismissOperator, { params: { id: user.id } })
    notifications.show({ message: t('operators.dismissed', names), color: 'teal' })
    onClose()
  })
  return (
    <ConfirmDialog
      opened
      danger
      title={t('operators.dismissTitle', names)}
      text={t('operators.dismissText', names)}
      verb={t('operators.dismiss')}
      pending={pending}
      error={error}
      onConfirm={() => void submit(undefined)}
      onClose={onClose}
    />
  )
}
