import { routes } from 'virtual:contract'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { call } from '../api/call.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { t } from '../texts/t.ts'
import { UserForm } from './UserForm.tsx'
import { blankUser, writeOf } from './user-draft.ts'

export const NewUserPage = () => {
  const navigate = useNavigate()
  const client = useQueryClient()
  return (
    <>
      <PageHeader
        title={t('operators.new')}
        before={
          <AnchorLink to="/admin/users" size="sm">
            {t('operators.back')}
          </AnchorLink>
        }
      />
      <UserForm
        start={blankUser}
        verb={t('operators.create')}
        withStatus={false}
        onReload={() => {}}
        onSave={async (draft, idempotencyKey) => {
          const user = await call(routes.createUser, { body: writeOf(draft), idempotencyKey })
          await client.invalidateQueries({ queryKey: [routes.listUsers.id] })
          notifications.show({ message: t('operators.created', { user: user.displayName }), color: 'teal' })
          return () => navigate({ to: '/operator/users/$userId', params: { userId: user.id }, ignoreBlocker: true })
        }}
      />
    </>
  )
}
