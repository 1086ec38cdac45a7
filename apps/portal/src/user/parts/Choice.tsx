import type { ReactNode } from 'react'
import css from './Choice.module.css'
import field from './Field.module.css'

type Props<Value extends string> = {
  readonly id: string
  readonly legend: string
  readonly value: Value | null
  readonly fault?: string | undefined
  readonly choices: readonly { readonly value: Value; readonly label: string; readonly hint?: ReactNode }[]
  readonly onChange: (value: Value) => void
}

/** One of few, each with a sentence; large enough for a thumb. */
export const Choice = <Value extends string>({ id, legend, value, fault, choices, onChange }: Props<Value>) => (
  <fieldset
    id={id}
    tabIndex={-1}
    className={`${css.choice} ${fault ? field.fault : ''}`}
    aria-describedby={fault && `${id}-fault`}
  >
    <legend>{legend}</legend>
    {fault && (
      <p id={`${id}-fault`} className={field.message}>
        {fault}
      </p>
    )}
    {choices.map(choice => (
      <label key={choice.value} data-chosen={choice.value === value}>
        <input
          type="radio"
          name={id}
          value={choice.value}
          checked={choice.value === value}
          aria-labelledby={`${id}-${choice.value}`}
          aria-describedby={choice.hint ? `${id}-${choice.value}-hint` : undefined}
          onChange={() => onChange(choice.value)}
        />
        <span>
          <strong id={`${id}-${choice.value}`}>{choice.label}</strong>
          {choice.hint && <small id={`${id}-${choice.value}-hint`}>{choice.hint}</small>}
        </span>
      </label>
    ))}
  </fieldset>
)
