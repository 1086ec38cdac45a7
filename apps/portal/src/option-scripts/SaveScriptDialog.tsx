import { routes } from 'virtual:contract'
import type { ScriptMistake, ScriptVersion } from '@cardwright/contract'
import { parseScript } from '@cardwright/core/option-script'
import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { NoteField } from '../parts/NoteField.tsx'
import { Notice } from '../parts/Notice.tsx'
import { t } from '../texts/t.ts'

/** What is to be stored: the draft, or an earlier version again. */
export type ToSave = { readonly text: string; readonly base: number; readonly note: string; readonly verb: string }

type Props = {
  readonly row: ScriptVersion
  readonly what: ToSave
  readonly onSaved: (next: ScriptVersion) => void
  readonly onMistakes: (mistakes: readonly ScriptMistake[]) => void
  readonly onReload: () => void
  readonly onClose: () => void
}

/** Saves a script with a note; PIN and PUK by the same channel only after a yes of its own (N-2, N-5). */
export const SaveScriptDialog = ({ row, what, onSaved, onMistakes, onReload, onClose }: Props) => {
  const [note, setNote] = useState(what.note)
  const [confirmed, setConfirmed] = useState(false)
  const sameChannel = parseScript(row.name, what.text).warnings.find(warning => warning.code === 'SAME_CHANNEL')
  const { submit, pending, error } = useSubmit(async () => {
    const { script, mistakes } = await call(routes.saveOptionScript, {
      params: { name: row.name },
      body: { version: what.base, text: what.text, note: note.trim(), sameChannelConfirmed: confirmed },
    })
    onClose()
    if (mistakes.length > 0) onMistakes(mistakes)
    else onSaved(script)
  })
  return (
    <ConfirmDialog
      opened
      title={what.verb}
      text={t('script.saveText')}
      verb={what.verb}
      ready={!sameChannel || confirmed}
      pending={pending}
      error={error}
      onConfirm={() => void submit(undefined)}
      onClose={onClose}
      onReload={() => {
        onReload()
        onClose()
      }}
    >
      {sameChannel && (
        <Notice tone="warn" title={t('script.sameChannel')}>
          <p style={{ marginBlock: '0 8px' }}>{t('script.sameChannelText')}</p>
          <Checkbox
            label={t('script.sameChannelYes')}
            checked={confirmed}
            onChange={event => setConfirmed(event.currentTarget.checked)}
          />
        </Notice>
      )}
      <NoteField
        label={t('script.note')}
        optional
        description={t('script.noteHint')}
        value={note}
        onChange={setNote}
        data-autofocus
      />
    </ConfirmDialog>
  )
}
