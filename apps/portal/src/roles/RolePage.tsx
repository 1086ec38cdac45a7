import { routes } from 'virtual:contract'
import { Button, Stack } from '@mantine/core'
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
import { DeleteRoleDialog } from './DeleteRoleDialog.tsx'
import { RoleForm } from './RoleForm.tsx'
import { RoleView } from './RoleView.tsx'
import { whyReadOnly } from './role-rules.ts'

const api = getRouteApi('/signed-in/admin/roles/$roleId')

export const RolePage = () => {
  const { roleId } = api.useParams()
  const client = useQueryClient()
  const may = useMay()
  const { operator, permissions, scope } = useSession()
  const [deleting, setDeleting] = useState(false)
  const query = useQuery(readToEdit(routes.getRole, { params: { id: roleId } }))
  if (query.isError && !query.data) {
    return <ErrorNotice error={query.error} title={query.error.message} onRetry={() => void query.refetch()} />
  }
  if (query.isPending) return <Rows count={6} height={48} />
  const role = query.data
  const readOnly = whyReadOnly(role, { permissions, scope, roleId: operator.role.id })
  const reload = async () => {
    await client.invalidateQueries({ queryKey: [routes.listRoles.id] })
    await client.invalidateQueries({ queryKey: [routes.getRole.id] })
  }
  return (
    <>
      <PageHeader
        title={role.name}
        before={
          <AnchorLink to="/admin/roles" size="sm">
            {t('role.back')}
          </AnchorLink>
        }
        state={role.predefined && <Tag>{t('roles.predefined')}</Tag>}
        actions={
          <>
            {may(routes.listUsers.access) && (
              <ButtonLink variant="default" to="/admin/users" search={{ role: role.id }}>
                {t('role.showHolders', { count: role.holders })}
              </ButtonLink>
            )}
            {may(routes.createRole.access) && (
              <ButtonLink
                variant={readOnly === 'role.readOnly.predefined' ? 'filled' : 'default'}
                to="/admin/roles/new"
                search={{ from: role.id }}
              >
                {t('role.duplicate')}
              </ButtonLink>
            )}
            {readOnly === null && (
              <Button variant="default" color="red" onClick={() => setDeleting(true)}>
                {t('role.delete')}
              </Button>
            )}
          </>
        }
      />
      <Stack gap="lg">
        {readOnly !== null && <Notice tone="info">{t(readOnly)}</Notice>}
        {readOnly !== null && <RoleView role={role} />}
        {readOnly === null && (
          <RoleForm
            key={role.version}
            start={role}
            original={null}
            roleId={role.id}
            verb={t('common.save')}
            onReload={() => void reload()}
            onSave={async draft => {
              await call(routes.updateRole, { params: { id: role.id }, body: { ...draft, version: role.version } })
              return async () => {
                await reload()
                notifications.show({ message: t('common.saved'), color: 'teal' })
              }
            }}
          />
        )}
      </Stack>
      {deleting && <DeleteRoleDialog role={role} onClose={() => setDeleting(false)} onReload={() => void reload()} />}
    </>
  )
}
