import { routes } from 'virtual:contract'
import type { Device, User } from '@cardwright/contract'
import { Group, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { type Termination, TerminationFields, type TerminationReason } from '../devices/TerminationFields.tsx'
import { deviceFace } from '../format/device.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { StateBadge } from '../parts/StateBadge.tsx'
import { useRequestChanged } from '../requests/use-request-changed.ts'
import { t } from '../texts/t.ts'
import css from './TerminateAll.module.css'

/** Somebody leaves, most of the time. */
const reasons: readonly TerminationReason[] = ['UNASSIGNED', 'LOST', 'STOLEN', 'DAMAGED', 'EXPIRED']

type Props = { readonly user: User; readonly devices: readonly Device[]; readonly onClose: () => void }

/** Everything that a user could log in with ends at once; the devices are those that are listed here. */
export const TerminateAllDialog = ({ user, devices, onClose }: Props) => {
  // What was listed is what is ended; a device that comes meanwhile is not terminated unseen.
  const [listed] = useState(devices)
  const [given, setGiven] = useState<Termination>({ reason: null, note: '' })
  const [typed, setTyped] = useState('')
  const changed = useRequestChanged()
  const { submit, pending, error } = useSubmit(async (reason: TerminationReason) => {
    const { terminated } = await call(routes.terminateUserDevices, {
      params: { id: user.id },
      body: { reason, note: given.note.trim(), devices: listed.map(({ id, version }) => ({ id, version })) },
    })
    onClose()
    notifications.show({
      message: t('terminateAll.done', { count: terminated, user: user.displayName }),
      color: 'teal',
    })
    await changed()
  })
  return (
    <ConfirmDialog
      opened
      danger
      title={t('terminateAll.title', { user: user.displayName })}
      text={
        listed.length === 0
          ? t('terminateAll.none', { user: user.displayName })
          : t('terminateAll.text', { user: user.displayName })
      }
      verb={t('terminateAll.do')}
      ready={listed.length > 0 && given.reason !== null && typed.trim() === user.loginName}
      pending={pending}
      error={error}
      onConfirm={() => given.reason && void submit(given.reason)}
      onClose={onClose}
      onReload={() => {
        void changed()
        onClose()
      }}
    >
      {listed.length > 0 && (
        <Stack gap="md">
          <ul className={css.devices} aria-label={t('terminateAll.devices', { count: listed.length })}>
            {listed.map(device => (
              <li key={device.id}>
                <Group gap="xs">
                  <Text fw={600} component="span">
                    {device.serial}
                  </Text>
                  <Text size="sm" c="dimmed" component="span">
                    {device.model}
                  </Text>
                  <StateBadge face={deviceFace(device)} />
                </Group>
              </li>
            ))}
          </ul>
          <TerminationFields label={t('terminateAll.reason')} reasons={reasons} value={given} onChange={setGiven} />
          <TextInput
            label={t('terminateAll.confirm', { login: user.loginName })}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={typed}
            onChange={event => setTyped(event.currentTarget.value)}
          />
        </Stack>
      )}
    </ConfirmDialog>
  )
}
