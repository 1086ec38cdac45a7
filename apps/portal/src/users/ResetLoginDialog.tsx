import { routes } from 'virtual:contract'
import type { LoginMethod, User } from '@cardwright/contract'
import { Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { call } from '../api/call.ts'
import { read } from '../api/read.ts'
import { useSubmit } from '../api/use-submit.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { t } from '../texts/t.ts'

type Props = { readonly user: User; readonly method: LoginMethod; readonly onClose: () => void }

/** Help desk: unlocks a method; answers to security questions are given anew (U-8). */
export const ResetLoginDialog = ({ user, method, onClose }: Props) => {
  const client = useQueryClient()
  const params = { id: user.id }
  const name = user.displayName
  const { submit, pending, error } = useSubmit(async () => {
    const next = await call(routes.resetUserLogin, { params, body: { method } })
    client.setQueryData(read(routes.userLogins, { params }).queryKey, next)
    onClose()
    notifications.show({ message: t('logins.resetDone', { user: name }), color: 'teal' })
    await client.invalidateQueries({ queryKey: [routes.userTimeline.id] })
  })
  return (
    <ConfirmDialog
      opened
      title={t(`logins.resetTitle.${method}`)}
      text={t(`logins.resetText.${method}`, { user: name })}
      verb={t('logins.resetDo')}
      pending={pending}
      error={error}
      onConfirm={() => void submit(undefined)}
      onClose={onClose}
    >
      <Text>{t('logins.resetSure', { user: name })}</Text>
    </ConfirmDialog>
  )
}
