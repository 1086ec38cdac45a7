import { routes } from 'virtual:contract'
import type { Role } from '@cardwright/contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { t } from '../texts/t.ts'

type Props = { readonly role: Role; readonly onClose: () => void; readonly onReload: () => void }

/** A role that somebody has is not deleted: they would lose their access without a word. */
export const DeleteRoleDialog = ({ role, onClose, onReload }: Props) => {
  const navigate = useNavigate()
  const client = useQueryClient()
  const { submit, pending, error } = useSubmit(async () => {
    await call(routes.deleteRole, { params: { id: role.id }, body: { version: role.version } })
    await navigate({ to: '/admin/roles', ignoreBlocker: true })
    client.removeQueries({ queryKey: [routes.getRole.id] })
    await client.invalidateQueries({ queryKey: [routes.listRoles.id] })
    notifications.show({ message: t('role.deleted', { name: role.name }), color: 'teal' })
  })
  if (role.holders > 0) {
    return (
      <Dialog
        opened
        onClose={onClose}
        title={t('role.deleteTitle', { name: role.name })}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Stack gap="md">
          <Text>{t('role.deleteHeld', { count: role.holders })}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.close')}
            </Button>
            <ButtonLink to="/admin/users" search={{ role: role.id }}>
              {t('role.showHolders', { count: role.holders })}
            </ButtonLink>
          </Group>
        </Stack>
      </Dialog>
    )
  }
  return (
    <ConfirmDialog
      opened
      danger
      title={t('role.deleteTitle', { name: role.name })}
      text={t('role.deleteText')}
      verb={t('role.delete')}
      pending={pending}
      error={error}
      onConfirm={() => void submit(undefined)}
      onClose={onClose}
      onReload={() => {
        onReload()
        onClose()
      }}
    />
  )
}
