import { Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { t } from '../texts/t.ts'
import css from './Door.module.css'

type Props = { readonly title: string; readonly lead?: ReactNode; readonly children: ReactNode }

/** The page in front of the portal: one narrow column, nothing else. */
export const Door = ({ title, lead, children }: Props) => {
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title])
  return (
    <main className={css.door}>
      <div className={css.box}>
        <div className={css.brand}>
          <img src="/favicon.svg" width={32} height={32} alt="" />
          <span>{t('app.name')}</span>
        </div>
        <Title order={1}>{title}</Title>
        {lead && (
          <Text c="dimmed" mt={4}>
            {lead}
          </Text>
        )}
        <Stack gap="md" mt="lg">
          {children}
        </Stack>
      </div>
    </main>
  )
}
