import { routes } from 'virtual:contract'
import { Button, Group, MultiSelect, Radio, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { read } from '../api/read.ts'
import { useSubmit } from '../api/use-submit.ts'
import { Panel } from '../parts/Panel.tsx'
import { SaveError } from '../parts/SaveError.tsx'
import { UnsavedGuard } from '../parts/UnsavedGuard.tsx'
import { t } from '../texts/t.ts'
import { type UserDraft, userFindings } from './user-draft.ts'

type Props = {
  readonly start: UserDraft
  readonly verb: string
  readonly withStatus: boolean
  readonly onSave: (draft: UserDraft, idempotencyKey: string) => Promise<() => Promise<unknown>>
  readonly onReload: () => void
}

type TextField = Exclude<keyof UserDraft, 'groupIds' | 'status'>

/** A person's data, accounts and groups. */
export const UserForm = ({ start, verb, withStatus, onSave, onReload }: Props) => {
  const [draft, setDraft] = useState(start)
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const groups = useQuery(read(routes.listGroups, {}))
  const found = userFindings(draft)
  const dirty = JSON.stringify(draft) !== JSON.stringify(start)
  const { submit, pending, error } = useSubmit(async (_: undefined, key) => {
    const proceed = await onSave(draft, key)
    await proceed()
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    const first = Object.keys(found)[0]
    if (first === undefined) void submit(undefined)
    else form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus()
  }
  const field = (
    name: TextField,
    label: string,
    maxLength: number,
    more: { required?: boolean; description?: string } = {},
  ) => (
    <TextInput
      name={name}
      label={label}
      maxLength={maxLength}
      autoComplete="off"
      value={draft[name]}
      error={(tried ? found[name] : undefined) ?? error?.fields[name]}
      onChange={event => setDraft({ ...draft, [name]: event.currentTarget.value })}
      {...more}
    />
  )
  return (
    <form ref={form} onSubmit={onSubmit} noValidate>
      <UnsavedGuard dirty={dirty && !pending} />
      <Stack gap="lg" maw={800}>
        <Panel title={t('operators.identity')}>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {field('displayName', t('user.displayName'), 120, { required: true })}
            {field('loginName', t('users.login'), 120, { required: true, description: t('operators.loginHint') })}
            {field('givenName', t('user.givenName'), 64)}
            {field('familyName', t('user.familyName'), 64)}
            {field('department', t('user.department'), 120)}
            {field('employeeNumber', t('user.employeeNumber'), 32)}
          </SimpleGrid>
        </Panel>
        <Panel title={t('operators.account')}>
          <Stack gap="md">
            {field('email', t('users.email'), 254)}
            {field('upn', t('user.upn'), 254, { description: t('operators.upnHint') })}
            {field('sid', t('user.sid'), 184, { description: t('operators.sidHint') })}
          </Stack>
        </Panel>
        <Panel title={t('operators.membership')}>
          <Stack gap="md">
            <MultiSelect
              label={t('users.groups')}
              searchable
              data={(groups.data?.rows ?? []).map(group => ({ value: group.id, label: group.name }))}
              value={[...draft.groupIds]}
              onChange={groupIds => setDraft({ ...draft, groupIds })}
            />
            {withStatus && (
              <Radio.Group
                label={t('users.status')}
                description={t('operators.disabledHint')}
                value={draft.status}
                onChange={status => setDraft({ ...draft, status: status as UserDraft['status'] })}
              >
                <Group mt="xs">
                  <Radio value="ACTIVE" label={t('users.ACTIVE')} />
                  <Radio value="DISABLED" label={t('users.DISABLED')} />
                </Group>
              </Radio.Group>
            )}
          </Stack>
        </Panel>
        {error && <SaveError error={error} onReload={onReload} />}
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
      </Stack>
    </form>
  )
}
