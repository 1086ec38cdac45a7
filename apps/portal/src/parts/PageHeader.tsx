import { Group, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { useSession } from '../api/session.ts'
import { t } from '../texts/t.ts'
import css from './PageHeader.module.css'

type Props = {
  readonly title: string
  /** Title of the browser tab, if other than the heading. */
  readonly tab?: string
  readonly lead?: ReactNode
  readonly before?: ReactNode
  /** Beside the title, such as a person's photo. */
  readonly picture?: ReactNode
  readonly state?: ReactNode
  readonly actions?: ReactNode
}

/** Head of a page: where one came from, what it is, its state, its primary action. */
export const PageHeader = ({ title, tab, lead, before, picture, state, actions }: Props) => {
  const { organisation } = useSession()
  useEffect(() => {
    document.title = t('app.title', { page: tab ?? title, organisation })
  }, [tab, title, organisation])
  return (
    <header className={css.header}>
      {before}
      <Group justify="space-between" align="flex-start" gap="md">
        <div className={css.about}>
          {picture}
          <div className={css.words}>
            <Group gap="sm" align="center">
              <Title order={1} id="page-title">
                {title}
              </Title>
              {state}
            </Group>
            {lead && (
              <Text c="dimmed" component="div" className={css.lead}>
                {lead}
              </Text>
            )}
          </div>
        </div>
        {actions && <Group gap="sm">{actions}</Group>}
      </Group>
    </header>
  )
}
