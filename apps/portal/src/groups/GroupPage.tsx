import { routes } from 'virtual:contract'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { call } from '../api/call.ts'
import { readToEdit } from '../api/read.ts'
import { useMayCall } from '../api/session.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { Rows } from '../parts/Rows.tsx'
import { t } from '../texts/t.ts'
import { GroupForm } from './GroupForm.tsx'

const api = getRouteApi('/signed-in/admin/groups/$groupId')

export const GroupPage = () => {
  const { groupId } = api.useParams()
  const client = useQueryClient()
  const mayCall = useMayCall()
  const query = useQuery(readToEdit(routes.getGroup, { params: { id: groupId } }))
  if (query.isError && !query.data) {
    return <ErrorNotice error={query.error} title={query.error.message} onRetry={() => void query.refetch()} />
  }
  if (query.isPending) return <Rows count={5} height={48} />
  const group = query.data
  const reload = async () => {
    await client.invalidateQueries({ queryKey: [routes.listGroups.id] })
    await client.invalidateQueries({ queryKey: [routes.getGroup.id] })
  }
  return (
    <>
      <PageHeader
        title={group.name}
        before={
          <AnchorLink to="/admin/groups" size="sm">
            {t('group.back')}
          </AnchorLink>
        }
        actions={
          <ButtonLink variant="default" to="/operator/users" search={{ group: group.id }}>
            {t('group.showMembers', { count: group.memberCount })}
          </ButtonLink>
        }
      />
      <GroupForm
        key={group.version}
        start={{
          name: group.name,
          description: group.description,
          assignments: group.assignments,
          layouts: group.layouts,
        }}
        verb={t('common.save')}
        readOnly={!mayCall(routes.updateGroup)}
        onReload={() => void reload()}
        onSave={async draft => {
          await call(routes.updateGroup, { params: { id: group.id }, body: { ...draft, version: group.version } })
          return async () => {
            await reload()
            notifications.show({ message: t('common.saved'), color: 'teal' })
          }
        }}
      />
    </>
  )
}
