import type { Device } from '@cardwright/contract'
import { ActionIcon, Menu, Text } from '@mantine/core'
import { IconDotsVertical } from '@tabler/icons-react'
import { useState } from 'react'
import { lastFour } from '../format/device.ts'
import { t } from '../texts/t.ts'
import { ActionDialog } from './ActionDialog.tsx'
import css from './DeviceActions.module.css'

/** `return`: what terminating is called of a device that stands in for another one. */
export type Action = Device['actions'][number]['action'] | 'return'

type Offered = Omit<Device['actions'][number], 'action'> & { readonly action: Action }

/** A temporary device is given back; terminating it stays for one that was lost or broken meanwhile. */
const offered = ({ actions, temporary }: Device): readonly Offered[] =>
  actions.flatMap((one): Offered[] =>
    temporary && one.action === 'terminate' ? [{ ...one, action: 'return' }, one] : [one],
  )

/** The actions on a device; those that are not possible now are greyed, with the reason. */
export const DeviceActions = ({ device }: { readonly device: Device }) => {
  const [open, setOpen] = useState<Action | null>(null)
  if (device.actions.length === 0) return null
  return (
    <>
      <Menu position="bottom-end" width={300}>
        <Menu.Target>
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={t('device.actionsFor', { last: lastFour(device.serial) })}
          >
            <IconDotsVertical size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {offered(device).map(({ action, allowed, reason }) => (
            <Menu.Item
              key={action}
              disabled={!allowed}
              className={action === 'terminate' && allowed ? css.danger : css.item}
              title={allowed ? undefined : reason}
              onClick={() => setOpen(action)}
            >
              {t(`action.${action}`)}
              {!allowed && reason && (
                <Text size="xs" component="div">
                  {reason}
                </Text>
              )}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <ActionDialog device={device} action={open} onClose={() => setOpen(null)} />
    </>
  )
}
