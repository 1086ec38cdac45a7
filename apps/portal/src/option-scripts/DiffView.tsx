import { unifiedMergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import { EditorView, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { diffTheme, editorTheme } from './editor-theme.ts'
import css from './OptionScripts.module.css'

export type DiffProps = { readonly before: string; readonly after: string; readonly label: string }

/** What changed from one text to another, line by line, as the editor shows it. */
export const DiffView = ({ before, after, label }: DiffProps) => {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!place.current) return
    const view = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: after,
        extensions: [
          lineNumbers(),
          EditorView.lineWrapping,
          EditorState.readOnly.of(true),
          EditorView.contentAttributes.of({
            'aria-label': label,
            'aria-readonly': 'true',
            translate: 'no',
            tabindex: '0',
          }),
          unifiedMergeView({
            original: before,
            mergeControls: false,
            gutter: true,
            syntaxHighlightDeletions: false,
            collapseUnchanged: { margin: 2, minSize: 4 },
          }),
          editorTheme,
          diffTheme,
        ],
      }),
    })
    return () => view.destroy()
  }, [before, after, label])
  return <div ref={place} className={css.diff} />
}
