import { routes } from 'virtual:contract'
import type { DirectoryRun, DirectorySyncPreview } from '@cardwright/contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { read } from '../api/read.ts'
import { useSession } from '../api/session.ts'
import { useSubmit } from '../api/use-submit.ts'
import { pageSize } from '../lists/Pager.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'
import { Preview } from './Preview.tsx'
import { RunHistory } from './RunHistory.tsx'
import { RunNotice } from './RunNotice.tsx'

/** What a sync would do, doing it, and what earlier ones have done. */
export const SyncTab = ({ mayWrite }: { readonly mayWrite: boolean }) => {
  const client = useQueryClient()
  const { operator } = useSession()
  const [preview, setPreview] = useState<DirectorySyncPreview | null>(null)
  const [run, setRun] = useState<DirectoryRun | null>(null)
  // The list below looks at a running sync again and again; here it is told how that ends.
  const runs = useQuery({ ...read(routes.listDirectoryRuns, { query: { limit: pageSize } }), enabled: run !== null })
  const shownRun = runs.data?.rows.find(other => other.id === run?.id) ?? run
  const look = useSubmit(async () => {
    setRun(null)
    setPreview(await call(routes.previewDirectorySync, {}))
  })
  const sync = useSubmit(async (confirmed: boolean) => {
    try {
      setRun(await call(routes.syncDirectory, { body: { confirmed } }))
      setPreview(null)
    } finally {
      const shown = [routes.listDirectoryRuns, routes.listUsers, routes.getUser, routes.listGroups, routes.getGroup]
      await Promise.all(shown.map(route => client.invalidateQueries({ queryKey: [route.id] })))
    }
  })
  const reason = mayWrite ? undefined : t('common.notPermitted', { role: operator.role.name })
  return (
    <Stack gap="lg">
      <Panel title={t('directory.sync')}>
        <Stack gap="md">
          <Text size="sm">{t('directory.syncText')}</Text>
          <Group>
            <Button
              disabled={!mayWrite}
              title={reason}
              loading={look.pending}
              onClick={() => {
                sync.clear()
                void look.submit(undefined)
              }}
            >
              {t('directory.preview')}
            </Button>
            <Button
              variant="default"
              disabled={!mayWrite || look.pending}
              title={reason}
              loading={sync.pending}
              onClick={() => {
                look.clear()
                void sync.submit(false)
              }}
            >
              {t('directory.run')}
            </Button>
          </Group>
          {(look.error ?? sync.error) && <ErrorNotice error={look.error ?? sync.error} />}
          {shownRun && (
            <RunNotice run={shownRun} pending={sync.pending} error={sync.error} onConfirm={() => sync.submit(true)} />
          )}
        </Stack>
      </Panel>
      {preview && <Preview preview={preview} />}
      <RunHistory />
    </Stack>
  )
}
