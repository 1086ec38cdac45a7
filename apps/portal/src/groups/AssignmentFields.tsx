import { words } from 'virtual:contract'
import type { Group } from '@cardwright/contract'
import { MultiSelect, Stack, Text } from '@mantine/core'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'

type Offered = { readonly id: string; readonly retired: boolean; readonly content: { readonly name: string } }
type Props = {
  readonly title: string
  readonly hint: string
  /** Instead of the hint, if there is nothing to choose. */
  readonly none: string
  readonly offered: readonly Offered[] | undefined
  readonly value: Group['assignments']
  readonly readOnly: boolean
  readonly onChange: (value: Group['assignments']) => void
}

/** For each kind of issuance, what of the published things the members of a group are offered. */
export const AssignmentFields = ({ title, hint, none, offered, value, readOnly, onChange }: Props) => {
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
        {words.issuanceType.map(type => (
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
