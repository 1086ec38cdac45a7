import { routes } from 'virtual:contract'
import { Tabs, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { read } from '../api/read.ts'
import { useMayCall } from '../api/session.ts'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { Rows } from '../parts/Rows.tsx'
import { t } from '../texts/t.ts'
import { DirectoryForm } from './DirectoryForm.tsx'
import { blankDirectory, type DirectoryDraft } from './draft.ts'
import { NoDirectory } from './NoDirectory.tsx'
import { RemoveDirectory } from './RemoveDirectory.tsx'
import { SyncTab } from './SyncTab.tsx'

const api = getRouteApi('/signed-in/admin/directory')

/** The directory that users come from: how it is reached, what is read, and what a sync does. */
export const DirectoryPage = () => {
  const { tab = 'sync' } = api.useSearch()
  const navigate = useNavigate({ from: '/admin/directory' })
  const client = useQueryClient()
  const mayWrite = useMayCall()(routes.putDirectory)
  const options = read(routes.getDirectory, {})
  const query = useQuery({ ...options, refetchOnWindowFocus: false, staleTime: Number.POSITIVE_INFINITY })
  const [begun, setBegun] = useState<DirectoryDraft | null>(null)
  const stored = query.data

  const save = async (settings: DirectoryDraft | null, bindPassword: string) => {
    const body = { version: stored?.version ?? 1, settings, ...(bindPassword === '' ? {} : { bindPassword }) }
    const next = await call(routes.putDirectory, { body })
    return () => {
      client.setQueryData(options.queryKey, next)
      setBegun(null)
      notifications.show({ message: t('common.saved'), color: 'teal' })
      void client.invalidateQueries({ queryKey: [routes.getUserPortalSettings.id] })
    }
  }
  const form = (start: DirectoryDraft) =>
    stored && (
      <DirectoryForm
        key={`${stored.version} ${stored.settings === null}`}
        start={start}
        isNew={stored.settings === null}
        passwordSet={stored.passwordSet}
        presets={stored.presets}
        readOnly={!mayWrite}
        onSave={save}
        onDiscard={() => setBegun(null)}
        onReload={() => void query.refetch()}
      />
    )
  return (
    <>
      <PageHeader
        title={t('directory.title')}
        lead={
          stored?.changedAt ? (
            <>
              {stored.changedBy} · <RelativeTime at={stored.changedAt} />
            </>
          ) : (
            t('directory.lead')
          )
        }
        actions={
          mayWrite &&
          stored?.settings && (
            <RemoveDirectory onRemove={async () => (await save(null, ''))()} onReload={() => void query.refetch()} />
          )
        }
      />
      {query.isError && (
        <ErrorNotice error={query.error} title={t('error.load')} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && <Rows count={6} height={48} />}
      {stored && !mayWrite && (
        <Text c="dimmed" mb="md">
          {t('settings.readOnly')}
        </Text>
      )}
      {stored?.settings === null &&
        (begun ? (
          form(begun)
        ) : (
          <NoDirectory mayWrite={mayWrite} onBegin={kind => setBegun(blankDirectory(stored.presets[kind]))} />
        ))}
      {stored?.settings && (
        <Tabs
          value={tab}
          keepMounted={false}
          onChange={next => void navigate({ search: next === 'settings' ? { tab: 'settings' } : {}, replace: true })}
        >
          <Tabs.List mb="lg">
            <Tabs.Tab value="sync">{t('directory.tab.sync')}</Tabs.Tab>
            <Tabs.Tab value="settings">{t('directory.tab.settings')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="sync">
            <SyncTab mayWrite={mayWrite} />
          </Tabs.Panel>
          <Tabs.Panel value="settings">{form(stored.settings)}</Tabs.Panel>
        </Tabs>
      )}
    </>
  )
}
