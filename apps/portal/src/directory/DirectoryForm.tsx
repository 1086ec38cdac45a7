import { useState } from 'react'
import { useSubmit } from '../api/use-submit.ts'
import { SettingsForm } from '../parts/SettingsForm.tsx'
import { AttributeFields, type Presets } from './AttributeFields.tsx'
import { ConnectionFields } from './ConnectionFields.tsx'
import { type DirectoryDraft, faultOf, linesOf } from './draft.ts'
import { EntryFields } from './EntryFields.tsx'
import { GroupFields, type SeenGroup } from './GroupFields.tsx'
import { SyncFields } from './SyncFields.tsx'
import { TestConnection } from './TestConnection.tsx'

type Props = {
  readonly start: DirectoryDraft
  readonly isNew: boolean
  readonly passwordSet: boolean
  readonly presets: Presets
  readonly readOnly: boolean
  /** Saves, and gives what to do once the form has let go of its unsaved changes. An empty password = the stored one. */
  readonly onSave: (settings: DirectoryDraft, bindPassword: string) => Promise<() => void>
  readonly onDiscard: () => void
  readonly onReload: () => void
}

export const DirectoryForm = ({ start, isNew, passwordSet, presets, readOnly, ...on }: Props) => {
  const [draft, setDraft] = useState(start)
  const [addresses, setAddresses] = useState(start.urls.join('\n'))
  const [password, setPassword] = useState('')
  const [seen, setSeen] = useState<readonly SeenGroup[] | null>(null)
  const dirty = isNew || password !== '' || JSON.stringify(draft) !== JSON.stringify(start)
  const { submit, pending, error } = useSubmit(async () => {
    const proceed = await on.onSave(draft, password)
    setPassword('')
    proceed()
  })
  const fields = {
    draft,
    readOnly,
    onChange: (part: Partial<DirectoryDraft>) => setDraft(before => ({ ...before, ...part })),
    fault: (name: string) => faultOf(error?.fields ?? {}, name),
  }
  return (
    <SettingsForm
      dirty={dirty}
      readOnly={readOnly}
      pending={pending}
      error={error}
      onSave={() => void submit(undefined)}
      onDiscard={() => {
        setDraft(start)
        setAddresses(start.urls.join('\n'))
        setPassword('')
        on.onDiscard()
      }}
      onReload={on.onReload}
    >
      <ConnectionFields
        {...fields}
        addresses={addresses}
        onAddresses={text => {
          setAddresses(text)
          fields.onChange({ urls: linesOf(text) })
        }}
        password={password}
        passwordSet={passwordSet}
        onPassword={setPassword}
      />
      <EntryFields {...fields} />
      <AttributeFields {...fields} presets={presets} />
      {!readOnly && <TestConnection draft={draft} password={password} onSeen={setSeen} />}
      <GroupFields {...fields} seen={seen} />
      <SyncFields {...fields} />
    </SettingsForm>
  )
}
