import { Radio } from '@mantine/core'
import type { ReactNode } from 'react'
import css from './ChoiceCard.module.css'

type Props = {
  /** For screen readers; the panel around it shows it to everybody else. */
  readonly label: string
  readonly value: string | null
  readonly onChange: (value: string) => void
  readonly children: ReactNode
}

/** Choices of which one is taken; arrow keys move between them. */
export const ChoiceGroup = ({ label, value, onChange, children }: Props) => (
  <Radio.Group label={label} labelProps={{ className: css.hidden }} value={value} onChange={onChange}>
    {children}
  </Radio.Group>
)
