import { routes } from 'virtual:contract'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { read, readToEdit } from '../api/read.ts'
import { useMayCall } from '../api/session.ts'
import { differences } from '../layout-designer/differences.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Notice } from '../parts/Notice.tsx'
import { Rows } from '../parts/Rows.tsx'
import { t } from '../texts/t.ts'
import { PublishedHeader } from '../versions/PublishedHeader.tsx'
import { RetireDialog } from '../versions/RetireDialog.tsx'
import { VersionList } from '../versions/VersionList.tsx'
import { LayoutEditor } from './LayoutEditor.tsx'

const api = getRouteApi('/signed-in/admin/layouts/$layoutId')

export const LayoutPage = () => {
  const { layoutId } = api.useParams()
  const client = useQueryClient()
  const mayCall = useMayCall()
  const [retiring, setRetiring] = useState(false)
  const query = useQuery(readToEdit(routes.getLayout, { params: { id: layoutId }, query: {} }))
  const versions = useQuery(read(routes.layoutVersions, { params: { id: layoutId } }))
  const reload = async () => {
    await client.invalidateQueries({ queryKey: [routes.listLayouts.id] })
    await client.invalidateQueries({ queryKey: [routes.layoutVersions.id] })
    await client.invalidateQueries({ queryKey: [routes.getLayout.id] })
  }
  if (query.isError && !query.data) {
    return <ErrorNotice error={query.error} title={query.error.message} onRetry={() => void query.refetch()} />
  }
  if (query.isPending) return <Rows count={6} height={48} />
  const layout = query.data
  const mayWrite = mayCall(routes.publishLayout)
  const publish = (content: typeof layout.content, note: string, retired: boolean) =>
    call(routes.publishLayout, { params: { id: layout.id }, body: { version: layout.version, content, note, retired } })
  return (
    <>
      <PublishedHeader
        published={layout}
        before={
          <AnchorLink to="/admin/layouts" size="sm">
            {t('layout.back')}
          </AnchorLink>
        }
        duplicate={
          mayWrite && (
            <ButtonLink variant="default" to="/admin/layouts/new" search={{ from: layout.id }}>
              {t('versions.duplicate')}
            </ButtonLink>
          )
        }
        onRetire={() => setRetiring(true)}
      />
      {query.isError && <ErrorNotice error={query.error} onRetry={() => void reload()} />}
      {!mayWrite && <Notice tone="info" title={t('layout.readOnly')} />}
      <LayoutEditor
        key={`${layout.id}:${layout.version}`}
        draftOf={layout.id}
        start={layout.content}
        published={layout}
        readOnly={!mayWrite}
        onReload={() => void reload()}
        onPublish={async (content, note) => {
          const next = await publish(content, note, layout.retired)
          return async () => {
            notifications.show({ message: t('versions.published', { version: next.version }), color: 'teal' })
            await reload()
          }
        }}
      >
        {take => (
          <VersionList
            query={versions}
            differences={differences}
            readOnly={!mayWrite}
            onTake={async version => {
              const row = await call(routes.getLayout, { params: { id: layout.id }, query: { version } })
              take(row.content)
            }}
          />
        )}
      </LayoutEditor>
      {retiring && (
        <RetireDialog
          name={layout.content.name}
          retired={layout.retired}
          text={t(layout.retired ? 'layout.unretireText' : 'layout.retireText')}
          publish={(retired, note) => publish(layout.content, note, retired)}
          onClose={() => setRetiring(false)}
          onDone={async () => {
            setRetiring(false)
            await reload()
          }}
        />
      )}
    </>
  )
}
