import { routes } from 'virtual:contract'
import { List, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../api/call.ts'
import { read } from '../api/read.ts'
import { useMayCall } from '../api/session.ts'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { Rows } from '../parts/Rows.tsx'
import { t } from '../texts/t.ts'
import { UserPortalForm } from './UserPortalForm.tsx'

/** How the User portal works for everybody (U-3 … U-10). */
export const UserPortalPage = () => {
  const client = useQueryClient()
  const readOnly = !useMayCall()(routes.putUserPortalSettings)
  const options = read(routes.getUserPortalSettings, {})
  const query = useQuery({ ...options, refetchOnWindowFocus: false, staleTime: Number.POSITIVE_INFINITY })
  const stored = query.data
  return (
    <>
      <PageHeader
        title={t('userPortal.title')}
        lead={
          stored?.changedAt ? (
            <>
              {stored.changedBy} · <RelativeTime at={stored.changedAt} />
            </>
          ) : (
            t('userPortal.lead')
          )
        }
      />
      {query.isError && (
        <ErrorNotice error={query.error} title={t('error.load')} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && <Rows count={6} height={48} />}
      {stored && (
        <Stack gap="lg">
          {stored.problems.length > 0 && (
            <div style={{ maxInlineSize: 800 }}>
              <Notice tone="warn" title={t('userPortal.problems')}>
                <List mt={4} size="sm" withPadding>
                  {stored.problems.map(problem => (
                    <List.Item key={problem}>{problem}</List.Item>
                  ))}
                </List>
              </Notice>
            </div>
          )}
          {readOnly && <Text c="dimmed">{t('settings.readOnly')}</Text>}
          <UserPortalForm
            key={stored.version}
            start={stored.settings}
            readOnly={readOnly}
            onReload={() => void query.refetch()}
            onSave={async settings => {
              const next = await call(routes.putUserPortalSettings, { body: { version: stored.version, settings } })
              return () => {
                client.setQueryData(options.queryKey, next)
                notifications.show({ message: t('common.saved'), color: 'teal' })
              }
            }}
          />
        </Stack>
      )}
    </>
  )
}
