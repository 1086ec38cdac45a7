import { Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import css from './Empty.module.css'

type Props = {
  readonly title: string
  readonly text: string
  readonly drawing?: ReactNode
  readonly action?: ReactNode
}

/** Nothing to show, and the next step. */
export const Empty = ({ title, text, drawing, action }: Props) => (
  <div className={css.empty}>
    {drawing}
    <Title order={2} size="h4">
      {title}
    </Title>
    <Text c="dimmed" maw={480}>
      {text}
    </Text>
    {action}
  </div>
)
