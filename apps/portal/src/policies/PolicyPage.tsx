import { routes } from 'virtual:contract'
import { Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { read, readToEdit } from '../api/read.ts'
import { useMayCall } from '../api/session.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Notice } from '../parts/Notice.tsx'
import { Rows } from '../parts/Rows.tsx'
import { t } from '../texts/t.ts'
import { PublishedHeader } from '../versions/PublishedHeader.tsx'
import { RetireDialog } from '../versions/RetireDialog.tsx'
import { VersionList } from '../versions/VersionList.tsx'
import { differences } from './draft.ts'
import { PolicyEditor } from './PolicyEditor.tsx'

const api = getRouteApi('/signed-in/admin/policies/$policyId')

export const PolicyPage = () => {
  const { policyId } = api.useParams()
  const client = useQueryClient()
  const mayCall = useMayCall()
  const [retiring, setRetiring] = useState(false)
  const query = useQuery(readToEdit(routes.getPolicy, { params: { id: policyId }, query: {} }))
  const versions = useQuery(read(routes.policyVersions, { params: { id: policyId } }))
  const reload = async () => {
    await client.invalidateQueries({ queryKey: [routes.listPolicies.id] })
    await client.invalidateQueries({ queryKey: [routes.policyVersions.id] })
    await client.invalidateQueries({ queryKey: [routes.getPolicy.id] })
  }
  if (query.isError && !query.data) {
    return <ErrorNotice error={query.error} title={query.error.message} onRetry={() => void query.refetch()} />
  }
  if (query.isPending) return <Rows count={6} height={48} />
  const policy = query.data
  const mayWrite = mayCall(routes.publishPolicy)
  return (
    <>
      <PublishedHeader
        published={policy}
        before={
          <AnchorLink to="/admin/policies" size="sm">
            {t('policy.back')}
          </AnchorLink>
        }
        duplicate={
          mayWrite && (
            <ButtonLink variant="default" to="/admin/policies/new" search={{ from: policy.id }}>
              {t('versions.duplicate')}
            </ButtonLink>
          )
        }
        onRetire={() => setRetiring(true)}
      />
      <Stack gap="lg">
        {query.isError && <ErrorNotice error={query.error} onRetry={() => void reload()} />}
        {!mayWrite && <Notice tone="info" title={t('policy.readOnly')} />}
        <PolicyEditor
          key={`${policy.id}:${policy.version}`}
          start={policy.content}
          published={policy}
          readOnly={!mayWrite}
          onReload={() => void reload()}
          onPublish={async (content, note) => {
            const next = await call(routes.publishPolicy, {
              params: { id: policy.id },
              body: { version: policy.version, content, note, retired: policy.retired },
            })
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
                const row = await call(routes.getPolicy, { params: { id: policy.id }, query: { version } })
                take(row.content)
              }}
            />
          )}
        </PolicyEditor>
      </Stack>
      {retiring && (
        <RetireDialog
          name={policy.content.name}
          retired={policy.retired}
          text={t(policy.retired ? 'policy.unretireText' : 'policy.retireText')}
          publish={(retired, note) =>
            call(routes.publishPolicy, {
              params: { id: policy.id },
              body: { version: policy.version, content: policy.content, note, retired },
            })
          }
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
