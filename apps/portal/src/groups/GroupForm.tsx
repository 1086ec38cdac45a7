import { routes, words } from 'virtual:contract'
import type { Group as UserGroup } from '@cardwright/contract'
import { MultiSelect, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { read } from '../api/read.ts'
import { DraftForm } from '../parts/DraftForm.tsx'
import { Panel } from '../parts/Panel.tsx'
import { useDraft } from '../parts/use-draft.ts'
import { t } from '../texts/t.ts'

export type GroupDraft = Pick<UserGroup, 'name' | 'description' | 'assignments'>

type Props = {
  readonly start: GroupDraft
  readonly verb: string
  readonly readOnly?: boolean
  /** Saves, and gives what to do once the form has let go of its unsaved changes. */
  readonly onSave: (draft: GroupDraft, idempotencyKey: string) => Promise<() => Promise<unknown>>
  readonly onReload: () => void
}

/** Name, description and, for each kind of issuance, the policies that members are offered. */
export const GroupForm = ({ start, verb, readOnly = false, onSave, onReload }: Props) => {
  const { draft, change, save, ...form } = useDraft(start, (edited, key) =>
    onSave({ ...edited, name: edited.name.trim() }, key),
  )
  const [tried, setTried] = useState(false)
  const policies = useQuery(read(routes.listPolicies, {}))
  const nameMissing = draft.name.trim() === ''
  const saveNamed = () => {
    setTried(true)
    if (!nameMissing) save()
  }
  const options = (policies.data?.rows ?? []).map(policy => ({
    value: policy.id,
    label: policy.retired ? `${policy.content.name} (${t('versions.retired')})` : policy.content.name,
  }))
  return (
    <DraftForm {...form} save={saveNamed} verb={verb} readOnly={readOnly} onReload={onReload}>
      <Panel>
        <Stack gap="md">
          <TextInput
            label={t('groups.name')}
            required
            maxLength={120}
            value={draft.name}
            error={tried && nameMissing ? t('operators.invalid.required') : undefined}
            onChange={event => change({ name: event.currentTarget.value })}
          />
          <Textarea
            label={t('groups.description')}
            maxLength={500}
            autosize
            minRows={2}
            value={draft.description}
            onChange={event => change({ description: event.currentTarget.value })}
          />
        </Stack>
      </Panel>
      <Panel title={t('group.assignments')}>
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {policies.isSuccess && options.length === 0 ? t('group.noPolicies') : t('group.assignmentsHint')}
          </Text>
          {words.issuanceType.map(type => (
            <MultiSelect
              key={type}
              label={t(`type.${type}`)}
              placeholder={(draft.assignments[type] ?? []).length === 0 ? t('common.none') : undefined}
              data={options}
              searchable
              disabled={readOnly}
              value={draft.assignments[type] ?? []}
              onChange={ids => change({ assignments: { ...draft.assignments, [type]: ids } })}
            />
          ))}
        </Stack>
      </Panel>
    </DraftForm>
  )
}
