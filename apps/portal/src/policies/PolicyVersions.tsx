import { routes } from 'virtual:contract'
import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { read } from '../api/read.ts'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { Rows } from '../parts/Rows.tsx'
import { t } from '../texts/t.ts'
import { DifferenceList } from './DifferenceList.tsx'
import { differences } from './draft.ts'
import css from './Policy.module.css'

/** Every published version, newest first, with what it changed. */
export const PolicyVersions = ({ policyId }: { readonly policyId: string }) => {
  const query = useQuery(read(routes.policyVersions, { params: { id: policyId } }))
  const rows = [...(query.data?.rows ?? [])].sort((a, b) => b.version - a.version)
  return (
    <Panel title={t('policy.versions')}>
      {query.isPending && <Rows count={2} height={32} />}
      {query.isError && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      <ol className={css.versions}>
        {rows.map((row, index) => {
          const previous = rows[index + 1]
          const changes = previous ? differences(previous.content, row.content) : []
          return (
            <li key={row.version}>
              <Text fw={600}>{t('policy.versionRow', { version: row.version })}</Text>
              <Text size="sm">{row.note || t('policy.noNote')}</Text>
              <Text size="sm" c="dimmed">
                {row.publishedBy} · <RelativeTime at={row.publishedAt} />
              </Text>
              {previous && changes.length > 0 && (
                <details>
                  <summary>{t('policy.differences', { version: previous.version })}</summary>
                  <DifferenceList list={changes} />
                </details>
              )}
            </li>
          )
        })}
      </ol>
    </Panel>
  )
}
