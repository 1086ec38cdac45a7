import { words } from 'virtual:contract'
import { Button, Stack, Text, Textarea } from '@mantine/core'
import { useId, useRef } from 'react'
import { t } from '../texts/t.ts'
import css from './Designer.module.css'

type Props = { readonly value: string; readonly onChange: (value: string) => void }

const longest = 300

/** A text with fields in braces; the fields are offered by name and go where the caret is. */
export const FieldText = ({ value, onChange }: Props) => {
  const area = useRef<HTMLTextAreaElement>(null)
  const fields = useId()
  const insert = (field: string) => {
    const from = area.current?.selectionStart ?? value.length
    const to = area.current?.selectionEnd ?? value.length
    const next = `${value.slice(0, from)}{${field}}${value.slice(to)}`
    if (next.length > longest) return
    onChange(next)
    requestAnimationFrame(() => {
      const after = from + field.length + 2
      area.current?.focus()
      area.current?.setSelectionRange(after, after)
    })
  }
  return (
    <Stack gap={4}>
      <Textarea
        ref={area}
        label={t('designer.content')}
        autosize
        minRows={1}
        maxRows={5}
        maxLength={longest}
        value={value}
        onChange={event => onChange(event.currentTarget.value)}
      />
      <Text size="sm" c="dimmed" id={fields}>
        {t('designer.fields')}
      </Text>
      <ul className={css.chips} aria-labelledby={fields}>
        {words.layoutField.map(field => (
          <li key={field}>
            <Button size="compact-xs" variant="default" title={`{${field}}`} onClick={() => insert(field)}>
              {t(`layoutField.${field}`)}
            </Button>
          </li>
        ))}
      </ul>
    </Stack>
  )
}
