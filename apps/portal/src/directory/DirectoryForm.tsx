import { useState } from 'react'
import { DraftForm } from '../parts/DraftForm.tsx'
import { useDraft } from '../parts/use-draft.ts'
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
  const {
    draft: { password, ...draft },
    change,
    ...form
  } = useDraft({ ...start, password: '' }, ({ password, ...settings }) => on.onSave(settings, password))
  const [addresses, setAddresses] = useState(start.urls.join('\n'))
  const [seen, setSeen] = useState<readonly SeenGroup[] | null>(null)
  const fields = {
    draft,
    readOnly,
    onChange: change,
    fault: (name: string) => faultOf(form.error?.fields ?? {}, name),
  }
  return (
    <DraftForm
      {...form}
      dirty={isNew || form.dirty}
      readOnly={readOnly}
      discard={() => {
        form.discard()
        setAddresses(start.urls.join('\n'))
        on.onDiscard()
      }}
      onReload={on.onReload}
    >
      <ConnectionFields
        {...fields}
        addresses={addresses}
        onAddresses={text => {
          setAddresses(text)
          change({ urls: linesOf(text) })
        }}
        password={password}
        passwordSet={passwordSet}
        onPassword={next => change({ password: next })}
      />
      <EntryFields {...fields} />
      <AttributeFields {...fields} presets={presets} />
      {!readOnly && <TestConnection draft={draft} password={password} onSeen={setSeen} />}
      <GroupFields {...fields} seen={seen} />
      <SyncFields {...fields} />
    </DraftForm>
  )
}
