import { NumberInput, type NumberInputProps } from '@mantine/core'
import { useState } from 'react'
import { amountOf, shownAmount } from './amount.ts'

type Props = Pick<NumberInputProps, 'label' | 'description' | 'error' | 'readOnly' | 'step'> & {
  readonly value: number
  readonly min: number
  readonly max: number
  readonly decimals?: number
  readonly onChange: (value: number) => void
}

/** A number within its bounds. What is typed counts once it is one; when the field is left, it shows the number that counts. */
export const Amount = ({ value, min, max, decimals = 0, step = decimals > 0 ? 0.5 : 1, onChange, ...input }: Props) => {
  const bounds = { min, max, decimals }
  const [typed, setTyped] = useState<string | number | null>(null)
  return (
    <NumberInput
      {...input}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={shownAmount(typed, value, bounds)}
      min={min}
      max={max}
      step={step}
      decimalScale={decimals}
      clampBehavior="blur"
      allowDecimal={decimals > 0}
      allowNegative={min < 0}
      onChange={next => {
        setTyped(next)
        const number = amountOf(next, bounds)
        if (number !== null && number !== value) onChange(number)
      }}
      onBlur={() => setTyped(null)}
    />
  )
}
