import { Text } from '@mantine/core'
import { Children, type ReactNode } from 'react'
import { t } from '../texts/t.ts'
import css from './Directory.module.css'

type Props = {
  readonly title: string
  /** Of all; the server sends the first of them. */
  readonly total: number
  readonly open?: boolean
  readonly children: ReactNode
}

/** One kind of change, folded away until it is looked for. */
export const PreviewSection = ({ title, total, open = false, children }: Props) => {
  const shown = Children.count(children)
  if (total === 0) return null
  return (
    <details className={css.section} open={open}>
      <summary>
        {title} ({total.toLocaleString('en')})
      </summary>
      <ul className={css.rows}>{children}</ul>
      {total > shown && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('directory.more', { count: total - shown })}
        </Text>
      )}
    </details>
  )
}
