import { routes } from 'virtual:contract'
import { Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Navigate, useNavigate } from '@tanstack/react-router'
import { call } from '../api/call.ts'
import { readToEdit } from '../api/read.ts'
import { useSession } from '../api/session.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { Rows } from '../parts/Rows.tsx'
import { t } from '../texts/t.ts'
import { RoleForm } from './RoleForm.tsx'
import { mayGive, withinOwn } from './role-rules.ts'

const api = getRouteApi('/signed-in/admin/roles/new')

/** A role is made by duplicating another one (REQUIREMENTS §1 Roles). */
export const NewRolePage = () => {
  const { from } = api.useSearch()
  return from === undefined ? <Navigate to="/admin/roles" replace /> : <Duplicate from={from} />
}

const Duplicate = ({ from }: { readonly from: string }) => {
  const navigate = useNavigate()
  const client = useQueryClient()
  const own = useSession()
  const query = useQuery(readToEdit(routes.getRole, { params: { id: from } }))
  if (query.isError) {
    return <ErrorNotice error={query.error} title={query.error.message} onRetry={() => void query.refetch()} />
  }
  if (query.isPending) return <Rows count={6} height={48} />
  const original = query.data
  return (
    <>
      <PageHeader
        title={t('role.new', { name: original.name })}
        before={
          <AnchorLink to="/admin/roles" size="sm">
            {t('role.back')}
          </AnchorLink>
        }
        lead={t('role.newLead')}
      />
      <Stack gap="lg">
        {!mayGive(original, own) && <Notice tone="warn">{t('role.leftOut', { name: original.name })}</Notice>}
        <RoleForm
          start={{
            name: t('role.copyOf', { name: original.name }).slice(0, 120),
            description: original.description,
            ...withinOwn(original, own),
          }}
          original={original}
          roleId={null}
          verb={t('role.create')}
          onReload={() => void query.refetch()}
          onSave={async (draft, idempotencyKey) => {
            const role = await call(routes.createRole, {
              body: { ...draft, duplicateOf: original.id },
              idempotencyKey,
            })
            await client.invalidateQueries({ queryKey: [routes.listRoles.id] })
            notifications.show({ message: t('role.created', { name: role.name }), color: 'teal' })
            return () => navigate({ to: '/admin/roles/$roleId', params: { roleId: role.id }, ignoreBlocker: true })
          }}
        />
      </Stack>
    </>
  )
}
