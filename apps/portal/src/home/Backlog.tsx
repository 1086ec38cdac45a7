import { Text } from '@mantine/core'
import { exactTime, relativeTime } from '../format/time.ts'
import { Notice } from '../parts/Notice.tsx'
import { t } from '../texts/t.ts'

type Props = {
  readonly backlog: { readonly waiting: number; readonly since: string; readonly lastError: string | null }
}

/** What a certificate authority could not take yet. */
export const Backlog = ({ backlog: { waiting, since, lastError } }: Props) => (
  <Notice
    tone="bad"
    role="alert"
    title={t('home.backlog', { count: waiting, since: `${relativeTime(since, Date.now())} (${exactTime(since)})` })}
  >
    <Text size="sm">{t('home.backlog.text')}</Text>
    {lastError && <Text size="sm">{t('home.backlog.error', { error: lastError })}</Text>}
  </Notice>
)
