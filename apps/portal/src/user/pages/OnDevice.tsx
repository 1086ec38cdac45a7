import type { UserDevice, UserReaderList } from '@cardwright/contract'
import type { ReactNode } from 'react'
import { useWorkstation } from '../../workstation/WorkstationProvider.tsx'
import type { Connected, Insertion } from '../flow/chosen-device.ts'
import { Box } from '../parts/Box.tsx'
import { DevicePicker } from '../parts/DevicePicker.tsx'
import { t } from '../texts/t.ts'
import { ComputerCheck } from './ComputerPage.tsx'

export type DeviceProps = {
  readonly device: UserDevice
  readonly list: UserReaderList | null
  readonly chosen: Connected | null
  readonly onPick: (insertion: Insertion) => void
}

/** What is done to one of one's devices: the computer must be ready, and that very device in a reader. */
export const OnDevice = ({
  device,
  list,
  chosen,
  onPick,
  children,
}: DeviceProps & { readonly children: ReactNode }) => {
  const { state } = useWorkstation()
  if (state !== 'ready') return <ComputerCheck />
  const other = chosen !== null && chosen.card.standing !== null && chosen.card.deviceId !== device.id
  return (
    <>
      <p>{t('onDevice.which', { serial: device.serial })}</p>
      <DevicePicker list={list} chosen={chosen} onPick={onPick} />
      {other && (
        <Box tone="warn" role="status">
          <p>{t('onDevice.other', { serial: device.serial })}</p>
        </Box>
      )}
      {chosen && !other && children}
    </>
  )
}
