import { routes } from 'virtual:contract'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { call } from '../api/call.ts'
import { queryClient } from '../api/query-client.ts'
import { readToEdit } from '../api/read.ts'
import { blankLayout } from '../layout-designer/content.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { Rows } from '../parts/Rows.tsx'
import { t } from '../texts/t.ts'
import { LayoutEditor } from './LayoutEditor.tsx'

const api = getRouteApi('/signed-in/admin/layouts/new')

/** A layout from nothing, or as a copy of another. */
export const NewLayoutPage = () => {
  const { from } = api.useSearch()
  const navigate = useNavigate()
  const [blank] = useState(blankLayout)
  const source = useQuery({
    ...readToEdit(routes.getLayout, { params: { id: from ?? '' }, query: {} }),
    enabled: from !== undefined,
  })
  const original = source.data?.content
  const start = useMemo(
    () => (original ? { ...original, name: t('versions.copyOf', { name: original.name }).slice(0, 120) } : blank),
    [original, blank],
  )
  if (source.isError && !source.data) return <ErrorNotice error={source.error} onRetry={() => void source.refetch()} />
  if (from !== undefined && !source.data) return <Rows count={6} height={48} />
  return (
    <>
      <PageHeader
        title={t('layout.new')}
        before={
          <AnchorLink to="/admin/layouts" size="sm">
            {t('layout.back')}
          </AnchorLink>
        }
      />
      <LayoutEditor
        key={from}
        draftOf={from === undefined ? 'new' : `new from ${from}`}
        start={start}
        published={null}
        onPublish={async (content, note, idempotencyKey) => {
          const layout = await call(routes.createLayout, { body: { content, note }, idempotencyKey })
          await queryClient.invalidateQueries({ queryKey: [routes.listLayouts.id] })
          return () =>
            navigate({ to: '/admin/layouts/$layoutId', params: { layoutId: layout.id }, ignoreBlocker: true })
        }}
      />
    </>
  )
}
