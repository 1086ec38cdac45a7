import { routes, words } from 'virtual:contract'
import type { Role, RoleWrite } from '@cardwright/contract'
import { Stack, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { read } from '../api/read.ts'
import { useSession } from '../api/session.ts'
import css from '../parts/Columns.module.css'
import { Panel } from '../parts/Panel.tsx'
import { RadioChoice } from '../parts/RadioChoice.tsx'
import { SaveButtons } from '../parts/SaveButtons.tsx'
import { SaveError } from '../parts/SaveError.tsx'
import { UnsavedGuard } from '../parts/UnsavedGuard.tsx'
import { useDraft } from '../parts/use-draft.ts'
import { t } from '../texts/t.ts'
import { PermissionFields } from './PermissionFields.tsx'
import { RoleDifferences } from './RoleDifferences.tsx'
import { mayGiveScope, mostAlike } from './role-rules.ts'

type Props = {
  readonly start: RoleWrite
  /** The role that is being duplicated. */
  readonly original: Role | null
  /** Null for a new one, which has to be saved even if nothing was changed. */
  readonly roleId: string | null
  readonly verb: string
  /** Saves, and gives what to do once the form has let go of its unsaved changes. */
  readonly onSave: (draft: RoleWrite, idempotencyKey: string) => Promise<() => Promise<unknown>>
  readonly onReload: () => void
}

const draftOf = ({ name, description, permissions, scope }: RoleWrite): RoleWrite => ({
  name,
  description,
  permissions,
  scope,
})

/** Left the role, right how it differs from the one it was made from. */
export const RoleForm = ({ start, original, roleId, verb, onSave, onReload }: Props) => {
  const own = useSession()
  const form = useRef<HTMLFormElement>(null)
  const [first] = useState(() => draftOf(start))
  const { draft, change, dirty, pending, error, save, discard } = useDraft(first, (edited, key) =>
    onSave({ ...edited, name: edited.name.trim() }, key),
  )
  const [tried, setTried] = useState(false)
  const [againstId, setAgainstId] = useState<string | null>(original?.id ?? null)
  const roles = useQuery(read(routes.listRoles, {})).data?.rows.filter(role => role.id !== roleId) ?? []
  const against = roles.find(role => role.id === againstId) ?? original ?? mostAlike(first, roles)
  const nameMissing = draft.name.trim() === ''
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (nameMissing) form.current?.querySelector<HTMLElement>('[name="name"]')?.focus()
    else save()
  }
  return (
    <form ref={form} onSubmit={onSubmit} noValidate className={css.columns}>
      <UnsavedGuard dirty={dirty && !pending} />
      <Stack gap="lg" miw={0}>
        <Panel title={t('role.about')}>
          <Stack gap="md">
            <TextInput
              name="name"
              label={t('roles.name')}
              required
              maxLength={120}
              autoComplete="off"
              value={draft.name}
              error={tried && nameMissing ? t('operators.invalid.required') : error?.fields.name}
              onChange={event => change({ name: event.currentTarget.value })}
            />
            <Textarea
              label={t('roles.description')}
              description={t('role.descriptionHint')}
              maxLength={500}
              autosize
              minRows={2}
              value={draft.description}
              onChange={event => change({ description: event.currentTarget.value })}
            />
            <RadioChoice
              label={t('roles.scope')}
              value={draft.scope}
              choices={words.roleScopes.map(scope => {
                const may = mayGiveScope(scope, own)
                return {
                  value: scope,
                  label: t(`roles.scope.${scope}`),
                  hint: t(may ? `roles.scope.${scope}.hint` : 'role.scopeNotYours'),
                  disabled: !may,
                }
              })}
              onChange={scope => change({ scope })}
            />
          </Stack>
        </Panel>
        <PermissionFields chosen={draft.permissions} onChange={permissions => change({ permissions })} />
      </Stack>
      <Stack gap="lg" miw={0} className={css.aside}>
        {against && (
          <RoleDifferences
            draft={draft}
            against={against}
            among={roles.length > 0 ? roles : [against]}
            onAgainst={setAgainstId}
          />
        )}
        {error && <SaveError error={error} onReload={onReload} />}
        <SaveButtons verb={verb} dirty={dirty} ready={roleId === null || dirty} pending={pending} discard={discard} />
      </Stack>
    </form>
  )
}
