import { Button, Text } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { Rows } from '../parts/Rows.tsx'
import { t } from '../texts/t.ts'
import { DifferenceList } from './DifferenceList.tsx'
import type { Difference } from './difference.ts'
import { TakeVersionDialog } from './TakeVersionDialog.tsx'
import css from './Versions.module.css'

type Version<Content> = {
  readonly version: number
  readonly content: Content
  readonly note: string
  readonly publishedBy: string
  readonly publishedAt: string
}
type Props<Content> = {
  readonly query: UseQueryResult<{ readonly rows: readonly Version<Content>[] }>
  readonly differences: (before: Content, after: Content) => readonly Difference[]
  readonly readOnly: boolean
  /** Makes the draft what this version was. */
  readonly onTake: (version: number) => Promise<void>
}

/** Every published version, newest first, with what it changed. */
export const VersionList = <Content,>({ query, differences, readOnly, onTake }: Props<Content>) => {
  const [taken, setTaken] = useState<number | null>(null)
  const rows = [...(query.data?.rows ?? [])].sort((a, b) => b.version - a.version)
  return (
    <Panel title={t('versions.title')}>
      {query.isPending && <Rows count={2} height={32} />}
      {query.isError && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      <ol className={css.versions}>
        {rows.map((row, index) => {
          const previous = rows[index + 1]
          const changes = previous ? differences(previous.content, row.content) : []
          return (
            <li key={row.version}>
              <Text fw={600}>{t('versions.row', { version: row.version })}</Text>
              <Text size="sm">{row.note || t('versions.noNote')}</Text>
              <Text size="sm" c="dimmed">
                {row.publishedBy} · <RelativeTime at={row.publishedAt} />
              </Text>
              {previous && changes.length > 0 && (
                <details>
                  <summary>{t('versions.differences', { version: previous.version })}</summary>
                  <DifferenceList list={changes} />
                </details>
              )}
              {!readOnly && index > 0 && (
                <Button
                  mt={6}
                  size="xs"
                  variant="default"
                  aria-label={t('versions.takeThis', { version: row.version })}
                  onClick={() => setTaken(row.version)}
                >
                  {t('versions.take')}
                </Button>
              )}
            </li>
          )
        })}
      </ol>
      {onTake && taken !== null && <TakeVersionDialog version={taken} onTake={onTake} onClose={() => setTaken(null)} />}
    </Panel>
  )
}
