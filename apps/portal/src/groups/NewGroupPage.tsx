import { routes } from 'virtual:contract'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { call } from '../api/call.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { t } from '../texts/t.ts'
import { type GroupDraft, GroupForm } from './GroupForm.tsx'

const blank: GroupDraft = { name: '', description: '', assignments: {}, layouts: {} }

export const NewGroupPage = () => {
  const navigate = useNavigate()
  const client = useQueryClient()
  return (
    <>
      <PageHeader
        title={t('group.new')}
        before={
          <AnchorLink to="/admin/groups" size="sm">
            {t('group.back')}
          </AnchorLink>
        }
      />
      <GroupForm
        start={blank}
        verb={t('group.do')}
        onReload={() => {}}
        onSave={async (body, idempotencyKey) => {
          const group = await call(routes.createGroup, { body, idempotencyKey })
          await client.invalidateQueries({ queryKey: [routes.listGroups.id] })
          return () => navigate({ to: '/admin/groups/$groupId', params: { groupId: group.id }, ignoreBlocker: true })
        }}
      />
    </>
  )
}
