import { EditorView } from '@codemirror/view'

/** The editor in the portal's colours, light and dark. */
export const editorTheme = EditorView.theme({
  '&': { backgroundColor: 'var(--cw-surface)', color: 'var(--mantine-color-text)', fontSize: '0.875rem' },
  '&.cm-focused': { outline: '2px solid var(--cw-accent)', outlineOffset: '2px' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '1.55', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--mantine-color-text)' },
  '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
  '.cm-gutters': {
    backgroundColor: 'var(--cw-canvas)',
    color: 'var(--mantine-color-dimmed)',
    borderRight: '1px solid var(--cw-line)',
  },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--cw-accent-soft)', color: 'var(--mantine-color-text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--cw-info-soft)',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--cw-surface)',
    color: 'var(--mantine-color-text)',
    border: '1px solid var(--cw-line-strong)',
    borderRadius: '6px',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--cw-accent-soft)', color: 'inherit' },
  '.cm-completionInfo': { maxInlineSize: '320px', padding: '8px' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--cw-bad)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--cw-warn)' },
})

/** Room to write in, also where there is little text yet; a long text scrolls, so that what is said below it stays near. */
export const roomTheme = EditorView.theme({ '&': { maxHeight: '72em' }, '.cm-content': { minHeight: '18em' } })

/** Lines that went and came; the colours hold 4.5:1 with the text on them. */
export const diffTheme = EditorView.theme({
  '&': { maxHeight: '44em' },
  '.cm-changedLine, .cm-inlineChangedLine': { backgroundColor: 'var(--cw-ok-soft)' },
  '.cm-deletedChunk': { backgroundColor: 'var(--cw-bad-soft)', paddingLeft: '6px' },
  '.cm-deletedChunk .cm-deletedLine, .cm-deletedChunk del': { textDecoration: 'none', color: 'var(--cw-bad)' },
  '.cm-changedText': { background: 'none', color: 'var(--cw-ok)', fontWeight: '600' },
  '.cm-deletedChunk .cm-deletedText': { background: 'none', color: 'var(--cw-bad)', fontWeight: '600' },
  '.cm-insertedLine': { textDecoration: 'none' },
  // Says how much is left out, to everybody alike: only a mouse could open it, and its arrows are in few fonts.
  '.cm-collapsedLines': { background: 'var(--cw-quiet-soft)', color: 'var(--cw-quiet)', pointerEvents: 'none' },
  '.cm-collapsedLines::before, .cm-collapsedLines::after': { content: '""' },
})
