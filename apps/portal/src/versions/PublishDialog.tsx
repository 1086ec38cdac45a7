import { useState } from 'react'
import { useSubmit } from '../api/use-submit.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { NoteField } from '../parts/NoteField.tsx'
import { t } from '../texts/t.ts'

type Props = {
  readonly version: number
  /** What happens from now on. */
  readonly text: string
  readonly verb: string
  readonly publish: (note: string, idempotencyKey: string) => Promise<() => Promise<unknown>>
  readonly onClose: () => void
  readonly onReload?: (() => void) | undefined
}

/** Publishing takes a note: it is what colleagues and the audit read later. */
export const PublishDialog = ({ version, text, verb, publish, onClose, onReload }: Props) => {
  const [note, setNote] = useState('')
  const { submit, pending, error } = useSubmit(async (_: undefined, key) => {
    const proceed = await publish(note.trim(), key)
    // Until the page shows the new version, there is nothing more to publish.
    await proceed()
    onClose()
  })
  return (
    <ConfirmDialog
      opened
      title={t('versions.publishTitle', { version })}
      text={text}
      verb={verb}
      ready={note.trim() !== ''}
      pending={pending}
      error={error}
      onConfirm={() => void submit(undefined)}
      onClose={onClose}
      onReload={() => {
        onReload?.()
        onClose()
      }}
    >
      <NoteField
        label={t('versions.note')}
        description={t('versions.noteMissing')}
        value={note}
        onChange={setNote}
        data-autofocus
      />
    </ConfirmDialog>
  )
}
