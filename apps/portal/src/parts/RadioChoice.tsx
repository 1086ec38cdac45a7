import { Radio, Stack } from '@mantine/core'
import type { ReactNode } from 'react'

type Choice<Value> = {
  readonly value: Value
  readonly label: string
  readonly hint?: ReactNode
  readonly disabled?: boolean
}

type Props<Value extends string> = {
  readonly label: string
  readonly value: Value | null
  readonly choices: readonly Choice<Value>[]
  readonly readOnly?: boolean
  readonly onChange: (value: Value) => void
}

/** One of a few values, each with a sentence on what it does to people where its name does not say so. */
export const RadioChoice = <Value extends string>({
  label,
  value,
  choices,
  readOnly = false,
  onChange,
}: Props<Value>) => (
  <Radio.Group label={label} value={value} onChange={next => onChange(next as Value)}>
    <Stack gap="xs" mt="xs">
      {choices.map(choice => (
        <Radio
          key={choice.value}
          value={choice.value}
          disabled={readOnly || choice.disabled}
          label={choice.label}
          description={choice.hint}
        />
      ))}
    </Stack>
  </Radio.Group>
)
