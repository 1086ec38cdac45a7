import type { Device } from '@cardwright/contract'
import { Button, Group, Stack } from '@mantine/core'
import { useState } from 'react'
import { ChoiceCard } from '../add-device/ChoiceCard.tsx'
import { ChoiceGroup } from '../add-device/ChoiceGroup.tsx'
import { lastFour } from '../format/device.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { t } from '../texts/t.ts'
import { FarAway } from './FarAway.tsx'
import { PinHere } from './PinHere.tsx'

const ways = ['unlock', 'change', 'far'] as const
type Way = (typeof ways)[number]
type Props = { readonly device: Device; readonly onClose: () => void }

/** Unlock or change the PIN: first where the device is, then one way at a time. */
export const PinDialog = ({ device, onClose }: Props) => {
  const [way, setWay] = useState<Way>('unlock')
  const [begun, setBegun] = useState(false)
  const user = device.user?.displayName ?? t('action.theUser')
  const params = { user, last: lastFour(device.serial) }
  const back = () => setBegun(false)
  return (
    <Dialog
      opened
      onClose={onClose}
      size="lg"
      closeOnClickOutside={!begun}
      title={t(begun ? `unlock.${way}.title` : 'unlock.title', params)}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {!begun && (
        <form
          onSubmit={event => {
            event.preventDefault()
            setBegun(true)
          }}
        >
          <Stack gap="md">
            <ChoiceGroup label={t('unlock.title')} value={way} onChange={value => setWay(value as Way)}>
              <Stack gap="sm">
                {ways.map(value => (
                  <ChoiceCard
                    key={value}
                    value={value}
                    title={t(`unlock.${value}`, params)}
                    text={t(`unlock.${value}.hint`, params)}
                  />
                ))}
              </Stack>
            </ChoiceGroup>
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('common.cancel')}
              </Button>
              <Button type="submit">{t('unlock.go')}</Button>
            </Group>
          </Stack>
        </form>
      )}
      {begun && way === 'far' && <FarAway device={device} onBack={back} onClose={onClose} />}
      {begun && way !== 'far' && <PinHere device={device} way={way} onBack={back} onClose={onClose} />}
    </Dialog>
  )
}
