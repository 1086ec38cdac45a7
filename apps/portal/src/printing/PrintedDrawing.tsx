import type { Device } from '@cardwright/contract'
import { lastFour } from '../format/device.ts'
import { DeviceDrawing } from '../parts/DeviceDrawing.tsx'
import { t } from '../texts/t.ts'
import css from './CardSides.module.css'
import { usePrintedCard } from './use-print-job.ts'

type Props = {
  readonly device: Pick<Device, 'form' | 'serial' | 'state' | 'printed'>
  readonly width?: number
}

/** A device as it lies on the desk: the front as it was printed, else its drawing. */
export const PrintedDrawing = ({ device, width = 86 }: Props) => {
  const { data } = usePrintedCard(device.printed?.jobId ?? null)
  const faded = device.state === 'TERMINATED'
  if (!data) return <DeviceDrawing form={device.form} serial={device.serial} width={width} faded={faded} />
  return (
    <img
      className={css.card}
      src={data.front}
      alt={t('print.drawing', { last: lastFour(device.serial) })}
      style={{ inlineSize: width, flex: 'none', opacity: faded ? 0.5 : undefined }}
    />
  )
}
