import type { Device } from '@cardwright/contract'
import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { t } from '../texts/t.ts'
import { ActionDialog } from './ActionDialog.tsx'

/** What a Pending device waits for, without a menu in between (P-6). */
export const PendingActions = ({ device }: { readonly device: Device }) => {
  const [open, setOpen] = useState<'print' | 'activate' | null>(null)
  if (device.state !== 'PRODUCED' || device.reason === 'FAILED') return null
  const possible = (['print', 'activate'] as const).filter(name =>
    device.actions.some(one => one.action === name && one.allowed),
  )
  if (possible.length === 0) return null
  return (
    <Group gap="xs">
      {possible.map(name => (
        <Button key={name} size="xs" variant="default" onClick={() => setOpen(name)}>
          {t(`action.${name}`)}
        </Button>
      ))}
      <ActionDialog device={device} action={open} onClose={() => setOpen(null)} />
    </Group>
  )
}
