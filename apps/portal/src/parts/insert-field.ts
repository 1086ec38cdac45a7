import type { FocusEvent } from 'react'

export type TextBox = Pick<
  HTMLTextAreaElement | HTMLInputElement,
  'selectionStart' | 'selectionEnd' | 'setSelectionRange' | 'focus'
>

const entered = new WeakSet<object>()
/** For `onFocus` of a box that takes fields: from then on its caret is where a person has put it. */
export const entering = (event: Pick<FocusEvent<TextBox & EventTarget>, 'currentTarget'>): void => {
  entered.add(event.currentTarget)
}

/**
 * `text` with the field in braces where the caret is, or over what is selected; at the end, if nobody has been in the box.
 * The caret follows once the box shows it. Null = it would become longer than it may be.
 */
export const insertField = (box: TextBox | null, text: string, field: string, longest: number): string | null => {
  const placed = box !== null && entered.has(box)
  const from = (placed ? box.selectionStart : null) ?? text.length
  const to = (placed ? box.selectionEnd : null) ?? text.length
  const next = `${text.slice(0, from)}{${field}}${text.slice(to)}`
  if (next.length > longest) return null
  const after = from + field.length + 2
  requestAnimationFrame(() => {
    box?.focus()
    box?.setSelectionRange(after, after)
  })
  return next
}
