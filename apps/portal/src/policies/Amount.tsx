import { NumberInput } from '@mantine/core'

type Props = {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly description?: string
  readonly onChange: (value: number) => void
}

/** A whole number within its bounds. */
export const Amount = ({ label, value, min, max, description, onChange }: Props) => (
  <NumberInput
    label={label}
    description={description}
    inputWrapperOrder={['label', 'input', 'description', 'error']}
    value={value}
    min={min}
    max={max}
    clampBehavior="blur"
    allowDecimal={false}
    allowNegative={false}
    onChange={next => {
      const number = Number(next)
      if (next !== '' && Number.isInteger(number) && number >= min && number <= max) onChange(number)
    }}
  />
)
