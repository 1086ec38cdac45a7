import { routes } from 'virtual:contract'
import type { LetterSettings } from '@cardwright/contract'
import { useMemo, useState } from 'react'
import { call } from '../api/call.ts'
import { useSettledAnswer } from '../api/use-settled-answer.ts'
import columns from '../parts/Columns.module.css'
import { DraftForm } from '../parts/DraftForm.tsx'
import { useDraft } from '../parts/use-draft.ts'
import { LetterPage } from './LetterPage.tsx'
import { LetterPreview } from './LetterPreview.tsx'
import { LetterTexts } from './LetterTexts.tsx'
import { letterFaults } from './letter-faults.ts'
import { inWords } from './letter-words.ts'
import { Protection } from './Protection.tsx'

type Props = {
  readonly start: LetterSettings
  readonly readOnly: boolean
  /** Saves, and gives what to do once the form has let go of its unsaved changes. */
  readonly onSave: (settings: LetterSettings) => Promise<() => void>
  readonly onReload: () => void
}

/** The settings, and beside them what would come out of the printer; whatever the server finds wrong stands at its field. */
export const LetterForm = ({ start, readOnly, onSave, onReload }: Props) => {
  const { draft, change, ...form } = useDraft(start, onSave)
  const [chosen, setLanguage] = useState(start.texts[0]?.language ?? '')
  const [what, setWhat] = useState<'PIN' | 'PUK'>('PIN')
  const language = draft.texts.find(texts => texts.language === chosen)?.language ?? draft.texts[0]?.language ?? ''
  const wish = useMemo(() => ({ settings: draft, language, what }), [draft, language, what])
  const preview = useSettledAnswer(wish, (body, signal) => call(routes.previewLetter, { body, signal }), 400)
  const faults = letterFaults(preview.error?.fields ?? {}, draft.texts)
  return (
    <div className={columns.columns}>
      <DraftForm
        {...form}
        error={form.error && inWords(form.error, draft.texts)}
        readOnly={readOnly}
        onReload={onReload}
      >
        <LetterPage draft={draft} readOnly={readOnly} faults={faults} onChange={change} />
        <Protection draft={draft} readOnly={readOnly} onChange={change} />
        <LetterTexts
          texts={draft.texts}
          language={language}
          readOnly={readOnly}
          faults={faults}
          onLanguage={setLanguage}
          onChange={texts => change({ texts })}
        />
      </DraftForm>
      <aside className={columns.aside}>
        <LetterPreview
          preview={preview}
          faults={faults}
          paper={draft.paper}
          language={language}
          what={what}
          onWhat={setWhat}
        />
      </aside>
    </div>
  )
}
