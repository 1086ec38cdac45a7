import { Radio, Stack } from '@mantine/core'
import type { ReactNode } from 'react'

type Props<Value extends string> = {
  readonly label: string
  readonly value: Value
  readonly choices: readonly { readonly value: Value; readonly label: string; readonly hint?: ReactNode }[]
  readonly readOnly: boolean
  readonly onChange: (value: Value) => void
}

/** One setting with few values, each with a sentence on what it does to people. */
export const RadioChoice = <Value extends string>({ label, value, choices, readOnly, onChange }: Props<Value>) => (
  <Radio.Group label={label} value={value} onChange={next => onChange(next as Value)}>
    <Stack gap="xs" mt="xs">
      {choices.map(choice => (
        <Radio
          key={choice.value}
          value={choice.value}
          disabled={readOnly}
          label={choice.label}
          description={choice.hint}
        />
      ))}
    </Stack>
  </Radio.Group>
)
