import { routes } from 'virtual:contract'
import type { ListedLayout } from '@cardwright/contract'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { read } from '../api/read.ts'
import { useMayCall } from '../api/session.ts'
import { ListPanel } from '../lists/ListPanel.tsx'
import type { Column } from '../lists/ListTable.tsx'
import { RetiredSwitch } from '../lists/RetiredSwitch.tsx'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { Empty } from '../parts/Empty.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { t } from '../texts/t.ts'
import { AllRetired } from '../versions/AllRetired.tsx'
import { publishedColumns } from '../versions/published-columns.tsx'

const api = getRouteApi('/signed-in/admin/layouts')

const { state, groups, published, version } = publishedColumns<ListedLayout>()
const columns: readonly Column<ListedLayout>[] = [
  {
    key: 'name',
    long: true,
    head: t('versions.name'),
    cell: layout => (
      <AnchorLink to="/admin/layouts/$layoutId" params={{ layoutId: layout.id }} data-row fw={600}>
        {layout.content.name}
      </AnchorLink>
    ),
  },
  state,
  {
    key: 'sides',
    head: t('layouts.sides'),
    cell: layout => t(layout.twoSided ? 'layouts.sides.two' : 'layouts.sides.one'),
  },
  groups,
  published,
  version,
]

export const LayoutsPage = () => {
  const search = api.useSearch()
  const navigate = useNavigate({ from: '/admin/layouts' })
  const mayCall = useMayCall()
  const query = useQuery(read(routes.listLayouts, {}))
  const rows = query.data?.rows
    .filter(layout => search.retired || !layout.retired)
    .sort((a, b) => a.content.name.localeCompare(b.content.name, undefined, { numeric: true }))
  const create = mayCall(routes.createLayout) && <ButtonLink to="/admin/layouts/new">{t('layouts.create')}</ButtonLink>
  return (
    <>
      <PageHeader title={t('layouts.title')} lead={t('layouts.lead')} actions={create} />
      <RetiredSwitch
        label={t('versions.showRetired')}
        search={search}
        onSearch={next => void navigate({ search: next, replace: true })}
      />
      <ListPanel
        label={t('layouts.title')}
        query={query}
        columns={columns}
        rows={rows}
        rowKey={layout => layout.id}
        empty={
          query.data?.rows.length ? (
            <AllRetired action={create} />
          ) : (
            <Empty title={t('layouts.empty.title')} text={t('layouts.empty.text')} action={create} />
          )
        }
      />
    </>
  )
}
