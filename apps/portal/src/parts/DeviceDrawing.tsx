import { lastFour } from '../format/device.ts'
import { t } from '../texts/t.ts'
import { DeviceShape } from './DeviceShape.tsx'

type Props = {
  readonly form: 'card' | 'key' | 'phone'
  readonly serial: string | null
  readonly width?: number
  readonly faded?: boolean
}

/** The device as an object one recognises, with its name for those who do not see it. */
export const DeviceDrawing = ({ form, serial, width = 86, faded = false }: Props) => (
  <DeviceShape
    form={form}
    width={width}
    faded={faded}
    label={
      serial === null ? t(`form.${form}`) : t('device.drawing', { form: t(`form.${form}`), last: lastFour(serial) })
    }
  />
)
