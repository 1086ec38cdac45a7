import { Button, Text } from '@mantine/core'
import { useId } from 'react'
import css from './FieldChips.module.css'

type Props<Field extends string> = {
  readonly label: string
  readonly fields: readonly { readonly field: Field; readonly label: string }[]
  readonly onInsert: (field: Field) => void
}

/** Fields that a text may hold in braces, offered by name. */
export const FieldChips = <Field extends string>({ label, fields, onInsert }: Props<Field>) => {
  const id = useId()
  return (
    <div>
      <Text size="sm" c="dimmed" id={id}>
        {label}
      </Text>
      <ul className={css.chips} aria-labelledby={id}>
        {fields.map(one => (
          <li key={one.field}>
            <Button size="compact-xs" variant="default" title={`{${one.field}}`} onClick={() => onInsert(one.field)}>
              {one.label}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}

type TextBox = HTMLTextAreaElement | HTMLInputElement

/** `text` with the field in braces where the caret is, or over what is selected. */
export const withField = (box: TextBox | null, text: string, field: string): string => {
  const from = box?.selectionStart ?? text.length
  const to = box?.selectionEnd ?? text.length
  return `${text.slice(0, from)}{${field}}${text.slice(to)}`
}

/** Puts the caret behind a field that was put in, once the box shows it. */
export const caretBehind = (box: TextBox | null, field: string): void => {
  const after = (box?.selectionStart ?? 0) + field.length + 2
  requestAnimationFrame(() => {
    box?.focus()
    box?.setSelectionRange(after, after)
  })
}
