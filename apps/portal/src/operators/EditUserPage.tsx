import { routes } from 'virtual:contract'
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { readToEdit } from '../api/read.ts'
import { useMay, useSession } from '../api/session.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { Rows } from '../parts/Rows.tsx'
import { Tag } from '../parts/Tag.tsx'
import { t } from '../texts/t.ts'
import { UserStatus } from '../users/UserStatus.tsx'
import { DismissDialog } from './DismissDialog.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import { UserForm } from './UserForm.tsx'
import { draftOf, writeOf } from './user-draft.ts'

const api = getRouteApi('/signed-in/admin/users/$userId')

export const EditUserPage = () => {
  const { userId } = api.useParams()
  const client = useQueryClient()
  const may = useMay()
  const { operator } = useSession()
  const [dialog, setDialog] = useState<'invite' | 'dismiss' | null>(null)
  const query = useQuery(readToEdit(routes.getUser, { params: { id: userId } }))
  if (query.isError && !query.data) {
    return <ErrorNotice error={query.error} title={query.error.message} onRetry={() => void query.refetch()} />
  }
  if (query.isPending) return <Rows count={6} height={48} />
  const user = query.data
  const own = user.id === operator.id
  const reload = async () => {
    await client.invalidateQueries({ queryKey: [routes.listUsers.id] })
    await client.invalidateQueries({ queryKey: [routes.getUser.id] })
  }
  const closed = () => {
    setDialog(null)
    void reload()
  }
  return (
    <>
      <PageHeader
        title={user.displayName}
        before={
          <AnchorLink to="/admin/users" size="sm">
            {t('operators.back')}
          </AnchorLink>
        }
        state={
          <>
            <UserStatus status={user.status} />
            {user.role && <Tag tone="info">{user.role.name}</Tag>}
          </>
        }
        actions={
          <>
            <ButtonLink variant="default" to="/operator/users/$userId" params={{ userId }}>
              {t('operators.toUser')}
            </ButtonLink>
            {may(routes.inviteOperator.access) && !own && (
              <Button variant="default" disabled={user.status === 'DISABLED'} onClick={() => setDialog('invite')}>
                {t(user.role ? 'operators.inviteAgain' : 'operators.invite')}
              </Button>
            )}
            {may(routes.dismissOperator.access) && user.role && !own && (
              <Button variant="default" color="red" onClick={() => setDialog('dismiss')}>
                {t('operators.dismiss')}
              </Button>
            )}
          </>
        }
      />
      {own && (
        <div style={{ maxInlineSize: 800, marginBlockEnd: 24 }}>
          <Notice tone="info">{t('operators.ownAccess')}</Notice>
        </div>
      )}
      <UserForm
        key={user.version}
        start={draftOf(user)}
        verb={t('common.save')}
        withStatus={!own}
        onReload={() => void reload()}
        onSave={async draft => {
          await call(routes.updateUser, {
            params: { id: user.id },
            body: { ...writeOf(draft), version: user.version, status: draft.status },
          })
          return async () => {
            await reload()
            notifications.show({ message: t('common.saved'), color: 'teal' })
          }
        }}
      />
      {dialog === 'invite' && <InviteDialog user={user} onClose={closed} />}
      {dialog === 'dismiss' && <DismissDialog user={user} onClose={closed} />}
    </>
  )
}
