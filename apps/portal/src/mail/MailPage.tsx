import { routes } from 'virtual:contract'
import { Stack, Text } from '@mantine/core'
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
import { MailForm } from './MailForm.tsx'

/** The mail server that initial passwords are sent through. */
export const MailPage = () => {
  const client = useQueryClient()
  const readOnly = !useMayCall()(routes.putMailSettings)
  const options = read(routes.getMailSettings, {})
  const query = useQuery({ ...options, refetchOnWindowFocus: false, staleTime: Number.POSITIVE_INFINITY })
  const stored = query.data
  return (
    <>
      <PageHeader
        title={t('mail.title')}
        lead={
          stored?.changedAt ? (
            <>
              {stored.changedBy} · <RelativeTime at={stored.changedAt} />
            </>
          ) : (
            t('mail.lead')
          )
        }
      />
      {query.isError && (
        <ErrorNotice error={query.error} title={t('error.load')} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && <Rows count={6} height={48} />}
      {stored && (
        <Stack gap="lg">
          {stored.settings.host === '' && (
            <div style={{ maxInlineSize: 800 }}>
              <Notice tone="info">{t('mail.none')}</Notice>
            </div>
          )}
          {readOnly && <Text c="dimmed">{t('settings.readOnly')}</Text>}
          <MailForm
            key={stored.version}
            start={stored.settings}
            passwordSet={stored.passwordSet}
            readOnly={readOnly}
            onReload={() => void query.refetch()}
            onSave={async (settings, password) => {
              const next = await call(routes.putMailSettings, {
                body: { version: stored.version, settings, ...(password === undefined ? {} : { password }) },
              })
              return () => {
                client.setQueryData(options.queryKey, next)
                notifications.show({ message: t('common.saved'), color: 'teal' })
                void client.invalidateQueries({ queryKey: [routes.getUserPortalSettings.id] })
              }
            }}
          />
        </Stack>
      )}
    </>
  )
}
