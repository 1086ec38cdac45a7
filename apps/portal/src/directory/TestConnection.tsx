import { routes } from 'virtual:contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Notice } from '../parts/Notice.tsx'
import { t } from '../texts/t.ts'
import css from './Directory.module.css'
import type { DirectoryDraft } from './draft.ts'
import type { SeenGroup } from './GroupFields.tsx'

type Seen = Awaited<ReturnType<typeof test>>
type Props = {
  readonly draft: DirectoryDraft
  readonly password: string
  readonly onSeen: (groups: readonly SeenGroup[]) => void
}

const test = (settings: DirectoryDraft, bindPassword: string) =>
  call(routes.testDirectory, { body: { settings, ...(bindPassword === '' ? {} : { bindPassword }) } })

/** Connects with what stands in the form, saved or not, and shows the first entries that it sees. */
export const TestConnection = ({ draft, password, onSeen }: Props) => {
  const [seen, setSeen] = useState<Seen | null>(null)
  const { submit, pending, error } = useSubmit(async () => {
    setSeen(null)
    const answer = await test(draft, password)
    setSeen(answer)
    onSeen(answer.groups)
  })
  return (
    <Stack gap="sm">
      <Group gap="md">
        <Button
          variant="default"
          leftSection={<IconPlugConnected size={16} aria-hidden />}
          loading={pending}
          onClick={() => void submit(undefined)}
        >
          {t('directory.test')}
        </Button>
        <Text size="sm" c="dimmed">
          {t('directory.testHint')}
        </Text>
      </Group>
      {error && <ErrorNotice error={error} title={t('directory.testBad')} />}
      {seen && (
        <Notice
          tone={seen.users.length === 0 ? 'warn' : 'ok'}
          role="status"
          title={t(seen.users.length === 0 ? 'directory.testEmpty' : 'directory.testOk')}
        >
          <Text size="sm">
            {seen.users.length === 0
              ? t('directory.testEmptyText', { base: draft.userBase })
              : t('directory.testGroups', { count: seen.groups.length })}
          </Text>
          <ul className={css.rows}>
            {seen.users.map(user => (
              <li key={user.dn}>
                {user.displayName ?? t('common.notSet')} · {user.loginName ?? t('directory.noLoginName')}
                <span className={css.dn}>{user.dn}</span>
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </Stack>
  )
}
