import { Stack, Text } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { t } from '../texts/t.ts'
import { ErrorNotice } from './ErrorNotice.tsx'
import { PageHeader } from './PageHeader.tsx'
import { RelativeTime } from './RelativeTime.tsx'
import { Rows } from './Rows.tsx'

type Props<Stored> = {
  readonly title: string
  /** Says what the page is for, until somebody has changed something: then who and when. */
  readonly lead?: string
  readonly actions?: ReactNode
  readonly query: UseQueryResult<Stored>
  readonly readOnly: boolean
  readonly children: (stored: Stored) => ReactNode
}

/** A page of settings with one version for everybody. */
export const SettingsPage = <Stored extends { readonly changedAt: string | null; readonly changedBy: string | null }>({
  title,
  lead,
  actions,
  query,
  readOnly,
  children,
}: Props<Stored>) => {
  const stored = query.data
  return (
    <>
      <PageHeader
        title={title}
        lead={
          stored?.changedAt ? (
            <>
              {stored.changedBy} · <RelativeTime at={stored.changedAt} />
            </>
          ) : (
            lead
          )
        }
        actions={actions}
      />
      {query.isError && (
        <ErrorNotice error={query.error} title={t('error.load')} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && <Rows count={6} height={48} />}
      {stored && (
        <Stack gap="lg">
          {readOnly && <Text c="dimmed">{t('settings.readOnly')}</Text>}
          {children(stored)}
        </Stack>
      )}
    </>
  )
}
