import { routes } from 'virtual:contract'
import type { InitialPassword } from '@cardwright/contract'
import { Button, Group, List, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { read } from '../api/read.ts'
import { useMay } from '../api/session.ts'
import { exactTime } from '../format/time.ts'
import { Code } from '../parts/Code.tsx'
import { Copyable } from '../parts/Copyable.tsx'
import { Notice } from '../parts/Notice.tsx'
import { t } from '../texts/t.ts'

type Props = {
  readonly answer: InitialPassword
  readonly user: { readonly id: string; readonly displayName: string }
  readonly last: string
  readonly onDone: () => void
}

/** The initial password, once, or where it was sent; and what its user does with it (U-4, U-11). */
export const InitialPasswordNote = ({ answer, user, last, onDone }: Props) => {
  const may = useMay()
  const person = useQuery({ ...read(routes.getUser, { params: { id: user.id } }), enabled: may(routes.getUser.access) })
  const { password, deliveredTo } = answer
  const address = new URL('/user', window.location.origin).href
  return (
    <Stack gap="md">
      {password !== null && (
        <>
          <Code value={password} what={t('initialPassword.what')} />
          <Notice tone="warn" title={t('initialPassword.once')}>
            {t('initialPassword.tell', { user: user.displayName })}
          </Notice>
        </>
      )}
      {password === null && (
        <Notice tone="ok" role="status" title={t('initialPassword.sent', { to: deliveredTo ?? '' })}>
          {t('initialPassword.sentText')}
        </Notice>
      )}
      <Text>{t('initialPassword.valid', { when: exactTime(answer.expiresAt) })}</Text>
      <div>
        <Text fw={600} mb={4}>
          {t('initialPassword.next', { user: user.displayName })}
        </Text>
        <List type="ordered" withPadding>
          <List.Item>
            {t('initialPassword.open')} <Copyable value={address} what={t('initialPassword.address')} />
          </List.Item>
          <List.Item>{t('initialPassword.insert', { last })}</List.Item>
          <List.Item>{t('initialPassword.login', { login: person.data?.loginName ?? '…' })}</List.Item>
        </List>
      </div>
      <Group justify="flex-end">
        <Button onClick={onDone} data-autofocus>
          {t(password === null ? 'common.close' : 'initialPassword.done')}
        </Button>
      </Group>
    </Stack>
  )
}
