import { routes } from 'virtual:contract'
import { Button, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { readToEdit } from '../api/read.ts'
import { useMayCall } from '../api/session.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { Rows } from '../parts/Rows.tsx'
import { Tag } from '../parts/Tag.tsx'
import { t } from '../texts/t.ts'
import { PolicyEditor } from './PolicyEditor.tsx'
import { PolicyVersions } from './PolicyVersions.tsx'
import { RetireDialog } from './RetireDialog.tsx'

const api = getRouteApi('/signed-in/admin/policies/$policyId')

export const PolicyPage = () => {
  const { policyId } = api.useParams()
  const client = useQueryClient()
  const mayCall = useMayCall()
  const [retiring, setRetiring] = useState(false)
  const query = useQuery(readToEdit(routes.getPolicy, { params: { id: policyId }, query: {} }))
  const reload = async () => {
    await client.invalidateQueries({ queryKey: [routes.listPolicies.id] })
    await client.invalidateQueries({ queryKey: [routes.policyVersions.id] })
    await client.invalidateQueries({ queryKey: [routes.getPolicy.id] })
  }
  if (query.isError) {
    return <ErrorNotice error={query.error} title={query.error.message} onRetry={() => void query.refetch()} />
  }
  if (query.isPending) return <Rows count={6} height={48} />
  const policy = query.data
  const mayWrite = mayCall(routes.publishPolicy)
  return (
    <>
      <PageHeader
        title={policy.content.name}
        before={
          <AnchorLink to="/admin/policies" size="sm">
            {t('policy.back')}
          </AnchorLink>
        }
        state={policy.retired ? <Tag>{t('policies.retired')}</Tag> : <Tag tone="ok">{t('policies.current')}</Tag>}
        lead={
          <>
            {t('policies.version')} {policy.version} · {policy.publishedBy} · <RelativeTime at={policy.publishedAt} />
          </>
        }
        actions={
          mayWrite && (
            <>
              <ButtonLink variant="default" to="/admin/policies/new" search={{ from: policy.id }}>
                {t('policy.duplicate')}
              </ButtonLink>
              <Button variant="default" onClick={() => setRetiring(true)}>
                {t(policy.retired ? 'policy.unretire' : 'policy.retire')}
              </Button>
            </>
          )
        }
      />
      <Stack gap="lg">
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
              notifications.show({ message: t('policy.published.done', { version: next.version }), color: 'teal' })
              await reload()
            }
          }}
        />
        <PolicyVersions policyId={policy.id} />
      </Stack>
      {retiring && (
        <RetireDialog
          policy={policy}
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
