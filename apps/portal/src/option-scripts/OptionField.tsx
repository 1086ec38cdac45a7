import {
  allowedValues,
  type OptionDefinition,
  type OptionScript,
  type OptionValue,
} from '@cardwright/core/option-script'
import { NativeSelect, NumberInput, Switch, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { below } from '../directory/fields.ts'
import { t } from '../texts/t.ts'
import { type ShownOption, typedNumbers } from './script-state.ts'

type Props = {
  readonly option: OptionDefinition
  readonly shown: ShownOption
  readonly readOnly: boolean
  readonly onChange: (value: OptionValue) => void
}

/** Days as they are typed; they go to the script as soon as they are a list that it can hold. */
const Numbers = ({
  script,
  option,
  shown,
  readOnly,
  onChange,
  ...common
}: Props & Common & { script: OptionScript }) => {
  const [typed, setTyped] = useState<string | null>(null)
  const written = Array.isArray(shown.value) ? shown.value.join(', ') : ''
  const read = typed === null ? null : typedNumbers(shown.name, script, typed)
  return (
    <TextInput
      {...common}
      value={typed ?? written}
      error={typeof read === 'string' ? read : common.error}
      readOnly={readOnly}
      inputMode="numeric"
      onChange={event => {
        const next = event.currentTarget.value
        setTyped(next)
        const numbers = typedNumbers(shown.name, script, next)
        if (typeof numbers !== 'string') onChange(numbers)
      }}
      onBlur={() => {
        if (typeof read !== 'string') setTyped(null)
      }}
    />
  )
}

type Common = {
  readonly label: string
  readonly description: React.ReactNode
  readonly error: React.ReactNode
  readonly inputWrapperOrder: ('label' | 'input' | 'description' | 'error')[]
}

/** One option with its explanation and what it may be; where its line is wrong, the last good value and that line. */
export const OptionField = (props: Props) => {
  const { option, shown, readOnly, onChange } = props
  const error = shown.wrongLine === null ? undefined : t('script.wrongLine', { line: shown.wrongLine })
  const description = (
    <>
      {option.explanation}
      {option.kind !== 'switch' && ` ${t('script.allowed', { allowed: allowedValues(option) })}`}
      {shown.implied && (
        <Text span inherit display="block">
          {t('script.implied')}
        </Text>
      )}
    </>
  )
  const common = { label: shown.name, description, error, inputWrapperOrder: [...below] }
  switch (option.kind) {
    case 'switch':
      return (
        <Switch
          label={shown.name}
          description={description}
          error={error}
          checked={shown.value === true}
          disabled={readOnly}
          onChange={event => onChange(event.currentTarget.checked)}
        />
      )
    case 'choice':
      return (
        <NativeSelect
          {...common}
          data={[...option.choices]}
          value={String(shown.value)}
          disabled={readOnly}
          onChange={event => onChange(event.currentTarget.value)}
        />
      )
    case 'number':
      return (
        <NumberInput
          {...common}
          min={option.min}
          max={option.max}
          allowDecimal={false}
          clampBehavior="blur"
          value={Number(shown.value)}
          readOnly={readOnly}
          onChange={next => {
            if (typeof next === 'number' && next >= option.min && next <= option.max) onChange(next)
          }}
        />
      )
    case 'numbers':
      return <Numbers {...props} {...common} script={option.script} />
  }
}
