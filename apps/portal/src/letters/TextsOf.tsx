import { words } from 'virtual:contract'
import { Fieldset, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { type FocusEvent, useRef } from 'react'
import { below } from '../directory/fields.ts'
import { FieldChips } from '../parts/FieldChips.tsx'
import { entering, insertField } from '../parts/insert-field.ts'
import { t } from '../texts/t.ts'
import type { LetterFault, LetterTexts } from './letter-faults.ts'

/** How long each may be, as the contract has it. */
const longest = { letterSubject: 200, letterBody: 4000, mailSubject: 200, mailText: 4000, mailHtml: 20_000 } as const
type Name = keyof typeof longest

type Props = {
  readonly texts: LetterTexts
  readonly readOnly: boolean
  readonly faults: readonly LetterFault[]
  readonly onChange: (texts: LetterTexts) => void
}

const fields = [
  ...(['pin', 'puk', 'what'] as const).map(field => ({ field, label: t(`letter.field.${field}`) })),
  ...words.layoutField.map(field => ({ field, label: t(`layoutField.${field}`) })),
]

/** Letter and mail in one language; a field goes into the text that was written in last. */
export const TextsOf = ({ texts, readOnly, faults, onChange }: Props) => {
  const boxes = useRef<Partial<Record<Name, HTMLTextAreaElement | HTMLInputElement | null>>>({})
  const last = useRef<Name>('letterBody')
  const set = (name: Name, value: string) => onChange({ ...texts, [name]: value })
  const common = (name: Name) => ({
    label: t(`letter.${name}`),
    maxLength: longest[name],
    value: texts[name],
    error: faults.find(({ field }) => field === name)?.text,
    onFocus: (event: FocusEvent<HTMLTextAreaElement | HTMLInputElement>) => {
      last.current = name
      entering(event)
    },
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => set(name, event.currentTarget.value),
    ref: (box: HTMLTextAreaElement | HTMLInputElement | null) => {
      boxes.current[name] = box
    },
  })
  const area = (name: Name, minRows: number) => (
    <Textarea {...common(name)} autosize minRows={minRows} maxRows={24} lang={texts.language} />
  )
  return (
    <Stack gap="lg">
      <Text size="sm" c="dimmed">
        {t('letter.fieldsText')}
      </Text>
      {!readOnly && (
        <FieldChips
          label={t('letter.fields')}
          fields={fields}
          onInsert={field => {
            const name = last.current
            const next = insertField(boxes.current[name] ?? null, texts[name], field, longest[name])
            if (next !== null) set(name, next)
          }}
        />
      )}
      <Fieldset legend={t('letter.asLetter')}>
        <Stack gap="md">
          <TextInput {...common('letterSubject')} lang={texts.language} />
          {area('letterBody', 8)}
        </Stack>
      </Fieldset>
      <Fieldset legend={t('letter.asMail')}>
        <Stack gap="md">
          <TextInput {...common('mailSubject')} lang={texts.language} />
          {area('mailText', 8)}
          <Textarea
            {...common('mailHtml')}
            description={t('letter.mailHtmlHint')}
            inputWrapperOrder={[...below]}
            autosize
            minRows={2}
            maxRows={16}
            spellCheck={false}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          />
        </Stack>
      </Fieldset>
    </Stack>
  )
}
