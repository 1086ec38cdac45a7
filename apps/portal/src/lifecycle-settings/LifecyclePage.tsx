import { routes } from 'virtual:contract'
import { Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../api/call.ts'
import { read } from '../api/read.ts'
import { useMayCall } from '../api/session.ts'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { Rows } from '../parts/Rows.tsx'
import { t } from '../texts/t.ts'
import { LifecycleForm } from './LifecycleForm.tsx'

/** How devices are requested, replaced and ended, for everybody. */
export const LifecyclePage = () => {
  const client = useQueryClient()
  const readOnly = !useMayCall()(routes.putLifecycleSettings)
  const options = read(routes.getLifecycleSettings, {})
  const query = useQuery({ ...options, refetchOnWindowFocus: false, staleTime: Number.POSITIVE_INFINITY })
  const stored = query.data
  return (
    <>
      <PageHeader
        title={t('lifecycle.title')}
        lead={
          stored?.changedAt ? (
            <>
              {stored.changedBy} · <RelativeTime at={stored.changedAt} />
            </>
          ) : (
            t('lifecycle.lead')
          )
        }
      />
      {query.isError && (
        <ErrorNotice error={query.error} title={t('error.load')} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && <Rows count={6} height={48} />}
      {stored && readOnly && (
        <Text c="dimmed" mb="md">
          {t('settings.readOnly')}
        </Text>
      )}
      {stored && (
        <LifecycleForm
          key={stored.version}
          start={stored.settings}
          readOnly={readOnly}
          onReload={() => void query.refetch()}
          onSave={async settings => {
            const next = await call(routes.putLifecycleSettings, { body: { version: stored.version, settings } })
            return () => {
              client.setQueryData(options.queryKey, next)
              notifications.show({ message: t('common.saved'), color: 'teal' })
            }
          }}
        />
      )}
    </>
  )
}
