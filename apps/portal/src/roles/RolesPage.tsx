import { routes } from 'virtual:contract'
import type { Role } from '@cardwright/contract'
import { Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { read } from '../api/read.ts'
import { useSession } from '../api/session.ts'
import { ListPanel } from '../lists/ListPanel.tsx'
import type { Column } from '../lists/ListTable.tsx'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { Empty } from '../parts/Empty.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { Tag } from '../parts/Tag.tsx'
import { t } from '../texts/t.ts'

const columnsFor = (ownRoleId: string): readonly Column<Role>[] => [
  {
    key: 'name',
    long: true,
    head: t('roles.name'),
    cell: role => (
      <Group gap="xs">
        <AnchorLink to="/admin/roles/$roleId" params={{ roleId: role.id }} data-row fw={600}>
          {role.name}
        </AnchorLink>
        {role.predefined && <Tag>{t('roles.predefined')}</Tag>}
        {role.id === ownRoleId && <Tag tone="info">{t('roles.yours')}</Tag>}
      </Group>
    ),
  },
  { key: 'description', long: true, head: t('roles.description'), cell: role => role.description },
  { key: 'scope', head: t('roles.scope'), cell: role => t(`roles.scope.${role.scope}`) },
  { key: 'permissions', head: t('roles.permissions'), align: 'end', cell: role => role.permissions.length },
  { key: 'holders', head: t('roles.holders'), align: 'end', cell: role => role.holders },
]

/** The predefined roles, then those that were made from them. */
export const RolesPage = () => {
  const { operator } = useSession()
  const query = useQuery(read(routes.listRoles, {}))
  return (
    <>
      <PageHeader title={t('roles.title')} lead={t('roles.lead')} />
      <ListPanel
        label={t('roles.title')}
        query={query}
        columns={columnsFor(operator.role.id)}
        rowKey={role => role.id}
        empty={<Empty title={t('roles.empty.title')} text={t('roles.empty.text')} />}
      />
    </>
  )
}
