import { allowedValues, type OptionDefinition, type OptionValue } from '@cardwright/core/option-script'
import { NativeSelect, Switch, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { below } from '../directory/fields.ts'
import { Amount } from '../parts/Amount.tsx'
import { t } from '../texts/t.ts'
import { type ShownOption, type TypedList, typedHolds, typedNumbers } from './script-state.ts'

type Props = {
  readonly option: OptionDefinition
  readonly shown: ShownOption
  /** The whole script. */
  readonly text: string
  readonly readOnly: boolean
  readonly onChange: (value: OptionValue) => void
}

/** Days as they are typed; they go to the script as soon as they are a list that it can hold. */
const Numbers = ({ option, shown, text, readOnly, onChange, ...common }: Props & Common) => {
  const [last, setLast] = useState<TypedList | null>(null)
  const now = last && typedHolds(last, text, shown.value) ? last : null
  const written = Array.isArray(shown.value) ? shown.value.join(', ') : ''
  return (
    <TextInput
      {...common}
      value={now?.typed ?? written}
      error={typeof now?.read === 'string' ? now.read : common.error}
      readOnly={readOnly}
      inputMode="numeric"
      onChange={event => {
        const typed = event.currentTarget.value
        const read = typedNumbers(shown.name, option.script, typed)
        setLast({ typed, read, over: text })
        if (typeof read !== 'string') onChange(read)
      }}
      onBlur={() => {
        if (typeof now?.read !== 'string') setLast(null)
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
        <Amount
          {...common}
          min={option.min}
          max={option.max}
          value={Number(shown.value)}
          readOnly={readOnly}
          onChange={onChange}
        />
      )
    case 'numbers':
      return <Numbers {...props} {...common} />
  }
}
