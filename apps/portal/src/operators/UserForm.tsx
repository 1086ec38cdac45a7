import { routes } from 'virtual:contract'
import { Group, MultiSelect, Radio, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { read } from '../api/read.ts'
import { namedLanguages } from '../format/language.ts'
import { DraftForm } from '../parts/DraftForm.tsx'
import { Panel } from '../parts/Panel.tsx'
import { useDraft } from '../parts/use-draft.ts'
import { t } from '../texts/t.ts'
import { type UserDraft, userFindings } from './user-draft.ts'

type Props = {
  readonly start: UserDraft
  readonly verb: string
  readonly withStatus: boolean
  readonly onSave: (draft: UserDraft, idempotencyKey: string) => Promise<() => Promise<unknown>>
  readonly onReload: () => void
}

type TextField = Exclude<keyof UserDraft, 'groupIds' | 'status' | 'language'>

/** A person's data, accounts and groups. */
export const UserForm = ({ start, verb, withStatus, onSave, onReload }: Props) => {
  const { draft, change, save, ...form } = useDraft(start, onSave)
  const [tried, setTried] = useState(false)
  const element = useRef<HTMLFormElement>(null)
  const groups = useQuery(read(routes.listGroups, {}))
  const languages = useMemo(() => [{ value: '', label: t('operators.languageNone') }, ...namedLanguages()], [])
  const found = userFindings(draft)
  const saveChecked = () => {
    setTried(true)
    const first = Object.keys(found)[0]
    if (first === undefined) save()
    else element.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus()
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
      error={(tried ? found[name] : undefined) ?? form.error?.fields[name]}
      onChange={event => change({ [name]: event.currentTarget.value })}
      {...more}
    />
  )
  return (
    <DraftForm {...form} ref={element} save={saveChecked} verb={verb} onReload={onReload}>
      <Panel title={t('operators.identity')}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {field('displayName', t('user.displayName'), 120, { required: true })}
          {field('loginName', t('users.login'), 120, { required: true, description: t('operators.loginHint') })}
          {field('givenName', t('user.givenName'), 64)}
          {field('familyName', t('user.familyName'), 64)}
          {field('department', t('user.department'), 120)}
          {field('employeeNumber', t('user.employeeNumber'), 32)}
          <Select
            label={t('user.language')}
            description={t('operators.languageHint')}
            searchable
            allowDeselect={false}
            data={languages}
            value={draft.language}
            onChange={language => change({ language: language ?? '' })}
          />
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
            onChange={groupIds => change({ groupIds })}
          />
          {withStatus && (
            <Radio.Group
              label={t('users.status')}
              description={t('operators.disabledHint')}
              value={draft.status}
              onChange={status => change({ status: status as UserDraft['status'] })}
            >
              <Group mt="xs">
                <Radio value="ACTIVE" label={t('users.ACTIVE')} />
                <Radio value="DISABLED" label={t('users.DISABLED')} />
              </Group>
            </Radio.Group>
          )}
        </Stack>
      </Panel>
    </DraftForm>
  )
}
