import { Group, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import css from './Panel.module.css'

type Props = {
  readonly title?: string
  readonly actions?: ReactNode
  readonly children: ReactNode
  readonly flush?: boolean
}

/** A bordered part of a page, with its heading. */
export const Panel = ({ title, actions, children, flush = false }: Props) => {
  const id = useId()
  return (
    <section className={css.panel} aria-labelledby={title ? id : undefined}>
      {title && (
        <Group justify="space-between" className={css.head}>
          <Title order={2} id={id}>
            {title}
          </Title>
          {actions}
        </Group>
      )}
      <div className={flush ? undefined : css.body}>{children}</div>
    </section>
  )
}
