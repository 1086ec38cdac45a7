import { words } from 'virtual:contract'
import { Stack, Textarea } from '@mantine/core'
import { useRef } from 'react'
import { caretBehind, FieldChips, withField } from '../parts/FieldChips.tsx'
import { t } from '../texts/t.ts'

type Props = { readonly value: string; readonly onChange: (value: string) => void }

const longest = 300

/** A text with fields in braces; the fields are offered by name and go where the caret is. */
export const FieldText = ({ value, onChange }: Props) => {
  const area = useRef<HTMLTextAreaElement>(null)
  const entered = useRef(false)
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
        onFocus={() => {
          entered.current = true
        }}
        onChange={event => onChange(event.currentTarget.value)}
      />
      <FieldChips
        label={t('designer.fields')}
        fields={words.layoutField.map(field => ({ field, label: t(`layoutField.${field}`) }))}
        onInsert={field => {
          // A caret that nobody has placed is at the start; what is put in is meant to follow.
          if (!entered.current) area.current?.setSelectionRange(value.length, value.length)
          const next = withField(area.current, value, field)
          if (next.length > longest) return
          caretBehind(area.current, field)
          onChange(next)
        }}
      />
    </Stack>
  )
}
