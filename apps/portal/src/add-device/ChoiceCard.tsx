import { Radio } from '@mantine/core'
import type { ReactNode } from 'react'
import css from './ChoiceCard.module.css'

type Props = {
  readonly value: string
  readonly title: ReactNode
  readonly text?: ReactNode
  readonly before?: ReactNode
  readonly disabled?: boolean
  /** Without a frame, where what is around it has one. */
  readonly bare?: boolean
}

/** One choice of a group, as a card with a radio button. */
export const ChoiceCard = ({ value, title, text, before, disabled = false, bare = false }: Props) => (
  <Radio.Card
    value={value}
    disabled={disabled}
    className={bare ? `${css.card} ${css.bare}` : css.card}
    withBorder={false}
  >
    <Radio.Indicator className={css.dot} disabled={disabled} />
    {before}
    <span className={css.words}>
      <span className={css.title}>{title}</span>
      {text && <span className={css.text}>{text}</span>}
    </span>
  </Radio.Card>
)
