import type { OptionScript } from '@cardwright/core/option-script'
import { autocompletion, closeCompletion, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { Annotation, type Text as Document, EditorState } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { editorTheme, roomTheme } from './editor-theme.ts'
import { completeScript, scriptLanguage } from './script-language.ts'
import type { Remark } from './script-state.ts'

type Props = {
  readonly script: OptionScript
  readonly text: string
  readonly remarks: readonly Remark[]
  readonly readOnly: boolean
  readonly label: string
  /** Id of the hint on keys. */
  readonly hint: string
  /** A place to go to; a new object each time. */
  readonly goTo: { readonly line: number; readonly column: number } | null
  readonly onChange: (text: string) => void
}

/** Marks what comes from the form or from outside, so that it is not taken for typing. */
const fromOutside = Annotation.define<true>()

const offsetOf = (doc: Document, { line, column }: { readonly line: number; readonly column: number }): number => {
  const found = doc.line(Math.min(line, doc.lines))
  return Math.min(found.to, found.from + column - 1)
}

const diagnosticOf = (doc: Document, remark: Remark): Diagnostic => {
  const from = offsetOf(doc, remark)
  return {
    from,
    to: Math.min(doc.length, from + remark.length),
    severity: remark.mistake ? 'error' : 'warning',
    message: remark.text,
  }
}

/** The script as text: colours, completion, mistakes at their places. Tab leaves it, so that nobody is caught in it (WCAG 2.1.2). */
export const ScriptEditor = ({ script, text, remarks, readOnly, label, hint, goTo, onChange }: Props) => {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const latest = useRef({ text, onChange })
  latest.current = { text, onChange }

  useEffect(() => {
    if (!place.current) return
    const made = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: [
          lineNumbers(),
          history(),
          scriptLanguage,
          autocompletion({ override: [completeScript(script)], icons: false }),
          lintGutter(),
          keymap.of([...completionKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap]),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({
            'aria-label': label,
            'aria-describedby': hint,
            spellcheck: 'false',
            autocapitalize: 'off',
            translate: 'no',
            // A text that may only be read is scrolled by keys too.
            tabindex: '0',
          }),
          EditorState.readOnly.of(readOnly),
          EditorView.editable.of(!readOnly),
          EditorView.domEventHandlers({ blur: (_, blurred) => void closeCompletion(blurred) }),
          EditorView.updateListener.of(update => {
            if (!update.docChanged || update.transactions.some(one => one.annotation(fromOutside))) return
            latest.current.onChange(update.state.doc.toString())
          }),
          editorTheme,
          roomTheme,
        ],
      }),
    })
    view.current = made
    return () => {
      view.current = null
      made.destroy()
    }
  }, [script, readOnly, label, hint])

  // Before anything else can be typed: what is typed in between would be taken for older than the text from outside.
  useLayoutEffect(() => {
    const made = view.current
    if (!made) return
    const now = made.state.doc.toString()
    if (now === text) return
    made.dispatch({ ...smallestChange(now, text), annotations: fromOutside.of(true) })
  }, [text])

  useEffect(() => {
    const made = view.current
    if (!made || made.state.doc.toString() !== text) return
    const { doc } = made.state
    made.dispatch(
      setDiagnostics(
        made.state,
        remarks.map(remark => diagnosticOf(doc, remark)),
      ),
    )
  }, [remarks, text])

  useEffect(() => {
    const made = view.current
    if (!made || !goTo) return
    const at = offsetOf(made.state.doc, goTo)
    made.dispatch({ selection: { anchor: at }, scrollIntoView: true })
    made.focus()
  }, [goTo])

  return <div ref={place} />
}

/** Only what differs is replaced, so that the cursor and what can be undone stay where they are. */
const smallestChange = (before: string, after: string) => {
  let from = 0
  while (from < before.length && from < after.length && before[from] === after[from]) from += 1
  let same = 0
  const most = Math.min(before.length, after.length) - from
  while (same < most && before.at(-1 - same) === after.at(-1 - same)) same += 1
  return { changes: { from, to: before.length - same, insert: after.slice(from, after.length - same) } }
}
