import { routes } from 'virtual:contract'
import { Tabs } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { SettingsPage } from '../parts/SettingsPage.tsx'
import { useSettings } from '../parts/use-settings.ts'
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
  const { query, readOnly, reload, saved } = useSettings(routes.getDirectory, routes.putDirectory)
  const [begun, setBegun] = useState<DirectoryDraft | null>(null)
  const stored = query.data

  const save = async (settings: DirectoryDraft | null, bindPassword: string) => {
    const body = { version: stored?.version ?? 1, settings, ...(bindPassword === '' ? {} : { bindPassword }) }
    const proceed = saved(await call(routes.putDirectory, { body }))
    return () => {
      proceed()
      setBegun(null)
      void client.invalidateQueries({ queryKey: [routes.getUserPortalSettings.id] })
    }
  }
  return (
    <SettingsPage
      title={t('directory.title')}
      lead={t('directory.lead')}
      query={query}
      readOnly={readOnly}
      actions={
        !readOnly &&
        stored?.settings && <RemoveDirectory onRemove={async () => (await save(null, ''))()} onReload={reload} />
      }
    >
      {({ version, settings, passwordSet, presets }) => {
        const form = (start: DirectoryDraft) => (
          <DirectoryForm
            key={`${version} ${settings === null}`}
            start={start}
            isNew={settings === null}
            passwordSet={passwordSet}
            presets={presets}
            readOnly={readOnly}
            onSave={save}
            onDiscard={() => setBegun(null)}
            onReload={reload}
          />
        )
        if (settings === null) {
          return begun ? (
            form(begun)
          ) : (
            <NoDirectory mayWrite={!readOnly} onBegin={kind => setBegun(blankDirectory(presets[kind]))} />
          )
        }
        return (
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
              <SyncTab mayWrite={!readOnly} />
            </Tabs.Panel>
            <Tabs.Panel value="settings">{form(settings)}</Tabs.Panel>
          </Tabs>
        )
      }}
    </SettingsPage>
  )
}
