import { NumberInput } from '@mantine/core'

type Props = {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step?: number
  readonly onChange: (value: number) => void
}

/** A measure with hundredths; what is still being typed and no number yet changes nothing. */
export const Millimetres = ({ label, value, min, max, step = 0.5, onChange }: Props) => (
  <NumberInput
    label={label}
    value={value}
    min={min}
    max={max}
    step={step}
    decimalScale={2}
    clampBehavior="blur"
    onChange={next => {
      const number = Number(next)
      if (next !== '' && Number.isFinite(number) && number >= min && number <= max && number !== value) onChange(number)
    }}
  />
)
