import { words } from 'virtual:contract'
import type { Group } from '@cardwright/contract'
import { MultiSelect, Stack, Text } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { Rows } from '../parts/Rows.tsx'
import { t } from '../texts/t.ts'

type Offered = { readonly id: string; readonly retired: boolean; readonly content: { readonly name: string } }
type Props = {
  readonly title: string
  readonly hint: string
  /** Instead of the hint, if there is nothing to choose. */
  readonly none: string
  readonly query: UseQueryResult<{ readonly rows: readonly Offered[] }>
  readonly value: Group['assignments']
  readonly readOnly: boolean
  readonly onChange: (value: Group['assignments']) => void
}

/** For each kind of issuance, what of the published things the members of a group are offered. */
export const AssignmentFields = ({ title, hint, none, query, value, readOnly, onChange }: Props) => {
  const offered = query.data?.rows
  const options = (offered ?? []).map(one => ({
    value: one.id,
    label: one.retired ? `${one.content.name} (${t('versions.retired')})` : one.content.name,
  }))
  return (
    <Panel title={title}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {offered?.length === 0 ? none : hint}
        </Text>
        {query.isError && !offered && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Rows count={words.issuanceType.length} height={56} />}
        {/* Without their names, what is assigned would be shown by its ids. */}
        {offered &&
          words.issuanceType.map(type => (
            <MultiSelect
              key={type}
              label={t(`type.${type}`)}
              placeholder={(value[type] ?? []).length === 0 ? t('common.none') : undefined}
              data={options}
              searchable
              disabled={readOnly}
              value={value[type] ?? []}
              onChange={ids => onChange({ ...value, [type]: ids })}
            />
          ))}
      </Stack>
    </Panel>
  )
}
