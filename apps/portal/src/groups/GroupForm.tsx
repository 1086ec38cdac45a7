import { routes } from 'virtual:contract'
import type { Group as UserGroup } from '@cardwright/contract'
import { Stack, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { read } from '../api/read.ts'
import { useMayCall } from '../api/session.ts'
import { DraftForm } from '../parts/DraftForm.tsx'
import { Panel } from '../parts/Panel.tsx'
import { useDraft } from '../parts/use-draft.ts'
import { t } from '../texts/t.ts'
import { AssignmentFields } from './AssignmentFields.tsx'

export type GroupDraft = Pick<UserGroup, 'name' | 'description' | 'assignments' | 'layouts'>

type Props = {
  readonly start: GroupDraft
  readonly verb: string
  readonly readOnly?: boolean
  /** Saves, and gives what to do once the form has let go of its unsaved changes. */
  readonly onSave: (draft: GroupDraft, idempotencyKey: string) => Promise<() => Promise<unknown>>
  readonly onReload: () => void
}

/** Name, description and, for each kind of issuance, the policies and the card layouts that members are offered. */
export const GroupForm = ({ start, verb, readOnly = false, onSave, onReload }: Props) => {
  const { draft, change, save, ...form } = useDraft(start, (edited, key) =>
    onSave({ ...edited, name: edited.name.trim() }, key),
  )
  const [tried, setTried] = useState(false)
  const mayCall = useMayCall()
  const policies = useQuery({ ...read(routes.listPolicies, {}), enabled: mayCall(routes.listPolicies) })
  const nameMissing = draft.name.trim() === ''
  const saveNamed = () => {
    setTried(true)
    if (!nameMissing) save()
  }
  const layouts = useQuery({ ...read(routes.listLayouts, {}), enabled: mayCall(routes.listLayouts) })
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
      {mayCall(routes.listPolicies) && (
        <AssignmentFields
          title={t('group.assignments')}
          hint={t('group.assignmentsHint')}
          none={t('group.noPolicies')}
          query={policies}
          value={draft.assignments}
          readOnly={readOnly}
          onChange={assignments => change({ assignments })}
        />
      )}
      {mayCall(routes.listLayouts) && (
        <AssignmentFields
          title={t('group.layouts')}
          hint={t('group.layoutsHint')}
          none={t('group.noLayouts')}
          query={layouts}
          value={draft.layouts}
          readOnly={readOnly}
          onChange={layouts => change({ layouts })}
        />
      )}
    </DraftForm>
  )
}
