import { routes } from 'virtual:contract'
import type { OptionScriptName, ScriptVersion } from '@cardwright/contract'
import { Tabs, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { readToEdit } from '../api/read.ts'
import { useMayCall } from '../api/session.ts'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { Rows } from '../parts/Rows.tsx'
import { Tag } from '../parts/Tag.tsx'
import { UnsavedGuard } from '../parts/UnsavedGuard.tsx'
import { t } from '../texts/t.ts'
import { useDeliveringSettings } from './NotDelivered.tsx'
import { ScriptPanel } from './ScriptPanel.tsx'
import { useScriptDrafts } from './use-script-drafts.ts'

const order: readonly OptionScriptName[] = ['CardsScriptOptions', 'CardsScriptExpiry', 'TempCardsScriptOptions']
type List = { readonly rows: readonly ScriptVersion[] }

const Scripts = ({
  rows,
  onSaved,
  onReload,
}: List & { onSaved: (next: ScriptVersion) => void; onReload: () => void }) => {
  const readOnly = !useMayCall()(routes.saveOptionScript)
  const drafts = useScriptDrafts(rows)
  const [tab, setTab] = useState<OptionScriptName>('CardsScriptOptions')
  return (
    <>
      {readOnly && (
        <Text c="dimmed" mb="md">
          {t('settings.readOnly')}
        </Text>
      )}
      <UnsavedGuard
        dirty={rows.some(drafts.isDirty)}
        text={t(drafts.anyUnkept ? 'unsaved.text' : 'script.leaveText')}
        leave={t('script.leave')}
      />
      <Tabs value={tab} onChange={next => setTab((next ?? tab) as OptionScriptName)} keepMounted={false}>
        <Tabs.List mb="lg">
          {rows.map(row => (
            <Tabs.Tab key={row.name} value={row.name}>
              {t(`script.${row.name}`)} {drafts.isDirty(row) && <Tag tone="warn">{t('script.unsavedTag')}</Tag>}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {rows.map(row => (
          <Tabs.Panel key={row.name} value={row.name}>
            <ScriptPanel row={row} drafts={drafts} readOnly={readOnly} onSaved={onSaved} onReload={onReload} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  )
}

/** The options scripts: read, never executed; later issuances follow them (N-1 … N-6). */
export const OptionScriptsPage = () => {
  const client = useQueryClient()
  const options = readToEdit(routes.listOptionScripts, {})
  const query = useQuery(options)
  // What is said of them stands above the script, which would jump.
  const { pending: waiting } = useDeliveringSettings()
  const rows = order.flatMap(name => query.data?.rows.filter(row => row.name === name) ?? [])
  return (
    <>
      <PageHeader title={t('script.title')} lead={t('script.lead')} />
      {query.isError && (
        <ErrorNotice error={query.error} title={t('error.load')} onRetry={() => void query.refetch()} />
      )}
      {(query.isPending || waiting) && <Rows count={6} height={48} />}
      {query.data && !waiting && (
        <Scripts
          rows={rows}
          onReload={() => void query.refetch()}
          onSaved={next => {
            client.setQueryData(options.queryKey, (before: List | undefined) => ({
              rows: (before?.rows ?? []).map(row => (row.name === next.name ? next : row)),
            }))
            notifications.show({ message: t('common.saved'), color: 'teal' })
          }}
        />
      )}
    </>
  )
}
