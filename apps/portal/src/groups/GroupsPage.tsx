import { routes } from 'virtual:contract'
import type { Group as UserGroup } from '@cardwright/contract'
import { useQuery } from '@tanstack/react-query'
import { read } from '../api/read.ts'
import { useMayCall } from '../api/session.ts'
import { ListPanel } from '../lists/ListPanel.tsx'
import type { Column } from '../lists/ListTable.tsx'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { Empty } from '../parts/Empty.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { t } from '../texts/t.ts'

const columns: readonly Column<UserGroup>[] = [
  {
    key: 'name',
    long: true,
    head: t('groups.name'),
    cell: group => (
      <AnchorLink to="/admin/groups/$groupId" params={{ groupId: group.id }} data-row fw={600}>
        {group.name}
      </AnchorLink>
    ),
  },
  { key: 'description', long: true, head: t('groups.description'), cell: group => group.description },
  {
    key: 'assigned',
    head: t('groups.assigned'),
    align: 'end',
    cell: group => new Set(Object.values(group.assignments).flat()).size,
  },
  { key: 'members', head: t('groups.members'), align: 'end', cell: group => group.memberCount },
]

export const GroupsPage = () => {
  const mayCall = useMayCall()
  const query = useQuery(read(routes.listGroups, {}))
  const create = mayCall(routes.createGroup) && <ButtonLink to="/admin/groups/new">{t('groups.create')}</ButtonLink>
  return (
    <>
      <PageHeader title={t('groups.title')} lead={t('groups.lead')} actions={create} />
      <ListPanel
        label={t('groups.title')}
        query={query}
        columns={columns}
        rowKey={group => group.id}
        empty={<Empty title={t('groups.empty.title')} text={t('groups.empty.text')} action={create} />}
      />
    </>
  )
}
