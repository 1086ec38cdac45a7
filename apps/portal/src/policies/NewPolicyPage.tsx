import { routes } from 'virtual:contract'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { queryClient } from '../api/query-client.ts'
import { readToEdit } from '../api/read.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { Rows } from '../parts/Rows.tsx'
import { t } from '../texts/t.ts'
import { blankPolicy } from './draft.ts'
import { PolicyEditor } from './PolicyEditor.tsx'

const api = getRouteApi('/signed-in/admin/policies/new')

/** A policy from nothing, or as a copy of another. */
export const NewPolicyPage = () => {
  const { from } = api.useSearch()
  const navigate = useNavigate()
  const [blank] = useState(blankPolicy)
  const source = useQuery({
    ...readToEdit(routes.getPolicy, { params: { id: from ?? '' }, query: {} }),
    enabled: from !== undefined,
  })
  if (source.isError && !source.data) return <ErrorNotice error={source.error} onRetry={() => void source.refetch()} />
  if (from !== undefined && !source.data) return <Rows count={6} height={48} />
  const start = source.data
    ? { ...source.data.content, name: t('versions.copyOf', { name: source.data.content.name }).slice(0, 120) }
    : blank
  return (
    <>
      <PageHeader
        title={t('policy.new')}
        before={
          <AnchorLink to="/admin/policies" size="sm">
            {t('policy.back')}
          </AnchorLink>
        }
      />
      <PolicyEditor
        start={start}
        published={null}
        onPublish={async (content, note, idempotencyKey) => {
          const policy = await call(routes.createPolicy, { body: { content, note }, idempotencyKey })
          await queryClient.invalidateQueries({ queryKey: [routes.listPolicies.id] })
          return () =>
            navigate({ to: '/admin/policies/$policyId', params: { policyId: policy.id }, ignoreBlocker: true })
        }}
      />
    </>
  )
}
