import { routes } from 'virtual:contract'
import type { Policy } from '@cardwright/contract'
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

const api = getRouteApi('/signed-in/admin/policies')

const { state, groups, published, version } = publishedColumns<Policy>()
const columns: readonly Column<Policy>[] = [
  {
    key: 'name',
    long: true,
    head: t('versions.name'),
    cell: policy => (
      <AnchorLink to="/admin/policies/$policyId" params={{ policyId: policy.id }} data-row fw={600}>
        {policy.content.name}
      </AnchorLink>
    ),
  },
  state,
  { key: 'slots', head: t('policies.slots'), cell: policy => policy.content.slots.map(slot => slot.slot).join(' ') },
  groups,
  published,
  version,
]

export const PoliciesPage = () => {
  const search = api.useSearch()
  const navigate = useNavigate({ from: '/admin/policies' })
  const mayCall = useMayCall()
  const query = useQuery(read(routes.listPolicies, {}))
  const rows = query.data?.rows
    .filter(policy => search.retired || !policy.retired)
    .sort((a, b) => a.content.name.localeCompare(b.content.name))
  const create = mayCall(routes.createPolicy) && (
    <ButtonLink to="/admin/policies/new">{t('policies.create')}</ButtonLink>
  )
  return (
    <>
      <PageHeader title={t('policies.title')} lead={t('policies.lead')} actions={create} />
      <RetiredSwitch
        label={t('versions.showRetired')}
        search={search}
        onSearch={next => void navigate({ search: next, replace: true })}
      />
      <ListPanel
        label={t('policies.title')}
        query={query}
        columns={columns}
        rows={rows}
        rowKey={policy => policy.id}
        empty={
          query.data?.rows.length ? (
            <AllRetired action={create} />
          ) : (
            <Empty title={t('policies.empty.title')} text={t('policies.empty.text')} action={create} />
          )
        }
      />
    </>
  )
}
