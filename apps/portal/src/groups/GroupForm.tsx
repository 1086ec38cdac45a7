import { routes, words } from 'virtual:contract'
import type { Group as UserGroup } from '@cardwright/contract'
import { Button, Group, MultiSelect, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { read } from '../api/read.ts'
import { useSubmit } from '../api/use-submit.ts'
import { Panel } from '../parts/Panel.tsx'
import { SaveError } from '../parts/SaveError.tsx'
import { UnsavedGuard } from '../parts/UnsavedGuard.tsx'
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
  const [draft, setDraft] = useState(start)
  const [tried, setTried] = useState(false)
  const policies = useQuery(read(routes.listPolicies, {}))
  const dirty = JSON.stringify(draft) !== JSON.stringify(start)
  const { submit, pending, error } = useSubmit(async (_: undefined, key) => {
    const proceed = await onSave({ ...draft, name: draft.name.trim() }, key)
    await proceed()
  })
  const nameMissing = draft.name.trim() === ''
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!nameMissing) void submit(undefined)
  }
  const options = (policies.data?.rows ?? []).map(policy => ({
    value: policy.id,
    label: policy.retired ? `${policy.content.name} (${t('policies.retired')})` : policy.content.name,
  }))
  return (
    <form onSubmit={onSubmit} noValidate>
      <UnsavedGuard dirty={dirty && !pending && !readOnly} />
      <fieldset disabled={readOnly} style={{ border: 'none', margin: 0, padding: 0, minInlineSize: 0 }}>
        <Stack gap="lg" maw={800}>
          <Panel>
            <Stack gap="md">
              <TextInput
                label={t('groups.name')}
                required
                maxLength={120}
                value={draft.name}
                error={tried && nameMissing ? t('operators.invalid.required') : undefined}
                onChange={event => setDraft({ ...draft, name: event.currentTarget.value })}
              />
              <Textarea
                label={t('groups.description')}
                maxLength={500}
                autosize
                minRows={2}
                value={draft.description}
                onChange={event => setDraft({ ...draft, description: event.currentTarget.value })}
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
                  onChange={ids => setDraft({ ...draft, assignments: { ...draft.assignments, [type]: ids } })}
                />
              ))}
            </Stack>
          </Panel>
          {error && <SaveError error={error} onReload={onReload} />}
          {!readOnly && (
            <Group>
              <Button type="submit" loading={pending} disabled={!dirty}>
                {verb}
              </Button>
              {dirty && (
                <Button variant="subtle" onClick={() => setDraft(start)}>
                  {t('common.discard')}
                </Button>
              )}
            </Group>
          )}
        </Stack>
      </fieldset>
    </form>
  )
}
