import { Button, Text } from '@mantine/core'
import { useId } from 'react'
import css from './FieldChips.module.css'

type Props<Field extends string> = {
  readonly label: string
  readonly fields: readonly { readonly field: Field; readonly label: string }[]
  readonly onInsert: (field: Field) => void
}

/** Fields that a text may hold in braces, offered by name. */
export const FieldChips = <Field extends string>({ label, fields, onInsert }: Props<Field>) => {
  const id = useId()
  return (
    <div>
      <Text size="sm" c="dimmed" id={id}>
        {label}
      </Text>
      <ul className={css.chips} aria-labelledby={id}>
        {fields.map(one => (
          <li key={one.field}>
            <Button size="compact-xs" variant="default" title={`{${one.field}}`} onClick={() => onInsert(one.field)}>
              {one.label}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}
