import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { t } from '../texts/t.ts'

type Props = {
  readonly label: string
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
}

/** A text filter that asks the server once the typing pauses. */
export const FilterText = ({ label, value, onChange }: Props) => {
  const [text, setText] = useState(value ?? '')
  const send = useDebouncedCallback((typed: string) => onChange(typed.trim() === '' ? undefined : typed.trim()), 250)
  useEffect(() => setText(value ?? ''), [value])
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      value={text}
      w={320}
      maw="100%"
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        text === '' ? null : (
          <CloseButton
            size="sm"
            aria-label={t('common.clearFilters')}
            onClick={() => {
              setText('')
              onChange(undefined)
            }}
          />
        )
      }
      onChange={event => {
        setText(event.currentTarget.value)
        send(event.currentTarget.value)
      }}
    />
  )
}
