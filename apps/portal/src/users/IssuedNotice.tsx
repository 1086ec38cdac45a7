import type { Device, IssuanceView } from '@cardwright/contract'
import { Button, CloseButton, Group } from '@mantine/core'
import { useState } from 'react'
import { InitialPinDialog } from '../devices/InitialPinDialog.tsx'
import { lastFour } from '../format/device.ts'
import { hasRandomPin } from '../issuance/random-pins.ts'
import { Notice } from '../parts/Notice.tsx'
import { type TextKey, t } from '../texts/t.ts'

const texts: Readonly<Record<IssuanceView['kind'], TextKey>> = {
  ISSUE: 'issued.active',
  PRODUCE: 'issued.pending',
  ASSIGN: 'issued.assigned',
  RECYCLE: 'issued.recycled',
}

const ends: Readonly<Record<IssuanceView['kind'], Device['state']>> = {
  ISSUE: 'ISSUED',
  PRODUCE: 'PRODUCED',
  ASSIGN: 'ASSIGNED',
  RECYCLE: 'AVAILABLE',
}

type Props = { readonly issuance: IssuanceView; readonly devices: readonly Device[]; readonly userName: string }

/** Says once what has just been done, with the notes of the issuance and the way to its initial PIN, if there is one. */
export const IssuedNotice = ({ issuance, devices, userName }: Props) => {
  const [closed, setClosed] = useState(false)
  const [pinOpen, setPinOpen] = useState(false)
  const device = devices.find(d => d.id === issuance.deviceId)
  // What has changed since is on the tile; the notice would contradict it.
  const stands = device !== undefined && !device.suspended && device.state === ends[issuance.kind]
  if (closed || !stands) return null
  const mayReadPin =
    hasRandomPin(issuance.id) && (device?.actions.some(a => a.action === 'initial-pin' && a.allowed) ?? false)
  return (
    <Notice
      tone="ok"
      role="status"
      title={t(texts[issuance.kind], { last: lastFour(issuance.serial), user: userName })}
      actions={<CloseButton aria-label={t('common.close')} onClick={() => setClosed(true)} />}
    >
      {issuance.notes.map(note => (
        <div key={note.code}>{note.text}</div>
      ))}
      {mayReadPin && (
        <Group mt="xs">
          <Button size="xs" variant="default" onClick={() => setPinOpen(true)}>
            {t('action.initial-pin')}
          </Button>
          <InitialPinDialog device={device} opened={pinOpen} onClose={() => setPinOpen(false)} />
        </Group>
      )}
    </Notice>
  )
}
