import { routes } from 'virtual:contract'
import type { ScriptVersion } from '@cardwright/contract'
import { Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { read } from '../api/read.ts'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import css from '../parts/List.module.css'
import { Panel } from '../parts/Panel.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { Rows } from '../parts/Rows.tsx'
import { t } from '../texts/t.ts'
import { ScriptDiff } from './ScriptDiff.tsx'

const Version = ({
  row,
  previous,
  onRevert,
}: {
  readonly row: ScriptVersion
  readonly previous: ScriptVersion | undefined
  readonly onRevert: (() => void) | null
}) => {
  const [open, setOpen] = useState(false)
  return (
    <li>
      <Text fw={600}>{t('versions.row', { version: row.version })}</Text>
      <Text size="sm">{row.note || t('versions.noNote')}</Text>
      <Text size="sm" c="dimmed">
        {row.savedBy ?? t('script.installed')} {row.savedAt && '· '}
        {row.savedAt && <RelativeTime at={row.savedAt} />}
      </Text>
      <Group gap="xs" mt={6}>
        {previous && (
          <Button size="xs" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('versions.differences', { version: previous.version })}
          </Button>
        )}
        {onRevert && (
          <Button
            size="xs"
            variant="default"
            onClick={onRevert}
            aria-label={t('script.revertLabel', { version: row.version })}
          >
            {t('script.revert')}
          </Button>
        )}
      </Group>
      {open && previous && (
        <ScriptDiff
          before={previous.text}
          after={row.text}
          label={t('script.diffOf', { from: previous.version, to: row.version })}
        />
      )}
    </li>
  )
}

type Props = {
  readonly current: ScriptVersion
  readonly readOnly: boolean
  readonly onRevert: (row: ScriptVersion) => void
}

/** Every version of a script, newest first: who, when, why, what it changed, and the way back to it (N-2). */
export const ScriptVersions = ({ current, readOnly, onRevert }: Props) => {
  const query = useQuery({
    ...read(routes.optionScriptVersions, { params: { name: current.name } }),
    // What was saved here is a version more.
    queryKey: [routes.optionScriptVersions.id, current.name, current.version],
  })
  const rows = [...(query.data?.rows ?? [])].sort((a, b) => b.version - a.version)
  return (
    <Panel title={t('versions.title')}>
      {query.isPending && <Rows count={2} height={32} />}
      {query.isError && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      <ol className={css.list}>
        {rows.map((row, index) => (
          <Version
            key={row.version}
            row={row}
            previous={rows[index + 1]}
            onRevert={readOnly || row.version === current.version ? null : () => onRevert(row)}
          />
        ))}
      </ol>
    </Panel>
  )
}
