import { routes } from 'virtual:contract'
import type { User } from '@cardwright/contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { exactTime } from '../format/time.ts'
import { Copyable } from '../parts/Copyable.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { t } from '../texts/t.ts'
import { RoleChoice } from './RoleChoice.tsx'

type RoleId = NonNullable<User['role']>['id']
type Props = { readonly user: User; readonly onClose: () => void }

/** Makes a user an operator. The one-time link is shown once, here, and kept nowhere in the portal. */
export const InviteDialog = ({ user, onClose }: Props) => {
  const [role, setRole] = useState<RoleId | null>(user.role?.id ?? null)
  const [answer, setAnswer] = useState<{ readonly link: string; readonly expiresAt: string } | null>(null)
  const { submit, pending, error } = useSubmit(async (chosen: RoleId) => {
    setAnswer(await call(routes.inviteOperator, { params: { id: user.id }, body: { role: chosen } }))
  })
  const name = user.displayName
  return (
    <Dialog
      opened
      onClose={onClose}
      size="lg"
      closeOnClickOutside={answer === null}
      title={answer ? t('operators.linkTitle', { user: name }) : t('operators.inviteTitle', { user: name })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {answer ? (
        <Stack gap="md">
          <Text>{t('operators.linkText', { user: name, when: exactTime(answer.expiresAt) })}</Text>
          <Copyable value={answer.link} what={t('operators.link')} />
          <Group justify="flex-end">
            <Button onClick={onClose} data-autofocus>
              {t('operators.linkDone')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <form
          onSubmit={event => {
            event.preventDefault()
            if (role) void submit(role)
          }}
        >
          <Stack gap="md">
            <Text>{t('operators.inviteText', { user: name })}</Text>
            <RoleChoice value={role} onChange={setRole} />
            {error && <ErrorNotice error={error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('common.cancel')}
              </Button>
              <Button type="submit" disabled={role === null} loading={pending}>
                {t('operators.inviteDo')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Dialog>
  )
}
