import { routes } from 'virtual:contract'
import { Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../api/call.ts'
import { read } from '../api/read.ts'
import { useMay } from '../api/session.ts'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { Rows } from '../parts/Rows.tsx'
import { t } from '../texts/t.ts'
import { MailForm } from './MailForm.tsx'

/** The mail server, and a test of it. */
export const MailPage = () => {
  const client = useQueryClient()
  const may = useMay()
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
      {stored && !may('settings.write') && (
        <Text c="dimmed" mb="md">
          {t('settings.readOnly')}
        </Text>
      )}
      {stored && (
        <MailForm
          key={stored.version}
          start={stored.settings}
          passwordSet={stored.passwordSet}
          readOnly={!may('settings.write')}
          onReload={() => void query.refetch()}
          onSave={async (settings, password) => {
            const body = { version: stored.version, settings, ...(password === '' ? {} : { password }) }
            const next = await call(routes.putMailSettings, { body })
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
