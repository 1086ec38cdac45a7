import { words } from 'virtual:contract'
import { Stack, Textarea } from '@mantine/core'
import { useRef } from 'react'
import { FieldChips } from '../parts/FieldChips.tsx'
import { entering, insertField } from '../parts/insert-field.ts'
import { t } from '../texts/t.ts'

type Props = { readonly value: string; readonly onChange: (value: string) => void }

const longest = 300

/** A text with fields in braces; the fields are offered by name and go where the caret is. */
export const FieldText = ({ value, onChange }: Props) => {
  const area = useRef<HTMLTextAreaElement>(null)
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
        onFocus={entering}
        onChange={event => onChange(event.currentTarget.value)}
      />
      <FieldChips
        label={t('designer.fields')}
        fields={words.layoutField.map(field => ({ field, label: t(`layoutField.${field}`) }))}
        onInsert={field => {
          const next = insertField(area.current, value, field, longest)
          if (next !== null) onChange(next)
        }}
      />
    </Stack>
  )
}
