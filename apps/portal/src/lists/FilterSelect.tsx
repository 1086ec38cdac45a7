import { NativeSelect, type NativeSelectProps } from '@mantine/core'

type Choice<Value> = { readonly value: Value; readonly label: string }
type Props<Value extends string> = Pick<NativeSelectProps, 'label' | 'aria-label'> & {
  /** What stands there while nothing is left out. */
  readonly any: string
  readonly value: Value | undefined
  readonly choices: readonly Choice<Value>[]
  readonly onChange: (value: Value | undefined) => void
}

/** A filter that leaves one of several kinds. */
export const FilterSelect = <Value extends string>({ any, value, choices, onChange, ...names }: Props<Value>) => (
  <NativeSelect
    {...names}
    value={value ?? ''}
    onChange={event => onChange(choices.find(choice => choice.value === event.currentTarget.value)?.value)}
    data={[{ value: '', label: any }, ...choices]}
  />
)
