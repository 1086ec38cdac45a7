import { routes } from 'virtual:contract'
import type { Device, User } from '@cardwright/contract'
import { ActionIcon, Menu } from '@mantine/core'
import { IconDotsVertical } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { read } from '../api/read.ts'
import { useMay } from '../api/session.ts'
import deviceCss from '../devices/DeviceActions.module.css'
import { RequestIssuanceDialog } from '../requests/RequestIssuanceDialog.tsx'
import { t } from '../texts/t.ts'
import { TerminateAllDialog } from './TerminateAllDialog.tsx'

type Props = { readonly user: User; readonly devices: readonly Device[] }

/** What is done rarely to a user: ask for an issuance that needs approval, end everything. */
export const UserMenu = ({ user, devices }: Props) => {
  const may = useMay()
  const [open, setOpen] = useState<'issuance' | 'terminate' | null>(null)
  const mayRequest = may(routes.requestIssuance.access) && user.status === 'ACTIVE'
  const mayTerminate = may(routes.terminateUserDevices.access)
  const options = useQuery({
    ...read(routes.issuanceRequestOptions, { params: { id: user.id } }),
    enabled: mayRequest,
  })
  const requestable = (options.data?.policies.length ?? 0) > 0
  const endable = devices.filter(device => device.state !== 'TERMINATED')
  const close = () => setOpen(null)
  if (!requestable && !mayTerminate) return null
  return (
    <>
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('user.more', { user: user.displayName })}>
            <IconDotsVertical size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {requestable && <Menu.Item onClick={() => setOpen('issuance')}>{t('requestIssuance.menu')}</Menu.Item>}
          {mayTerminate && (
            <Menu.Item
              className={endable.length > 0 ? deviceCss.danger : deviceCss.item}
              disabled={endable.length === 0}
              title={endable.length > 0 ? undefined : t('terminateAll.none', { user: user.displayName })}
              onClick={() => setOpen('terminate')}
            >
              {t('terminateAll.menu')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {open === 'issuance' && <RequestIssuanceDialog user={user} onClose={close} />}
      {open === 'terminate' && <TerminateAllDialog user={user} devices={endable} onClose={close} />}
    </>
  )
}
