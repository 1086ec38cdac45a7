import type { IssuanceOptions } from '@cardwright/contract'
import { t } from '../texts/t.ts'

type Mode = IssuanceOptions['pin']

/** Why nothing goes out: the holder chooses the PIN at the end, somebody types it here, or the options say so. */
const noneBecause = ({ changeDuringIssuance, displayMode }: Mode) =>
  changeDuringIssuance ? 'chosen' : displayMode === 'NOT_DISPLAYED' ? 'none' : 'typed'

/** How the holder comes to know PIN and PUK; where nothing goes out, that and why (N-4). */
export const deliveryTexts = (mode: Mode, user: string): readonly string[] => {
  const { pin, puk } = mode.delivery
  const lines = [
    ...(pin ? [t(`addDevice.delivery.${pin}`, { user, what: t('delivery.what.PIN') })] : []),
    ...(puk ? [t(`addDevice.delivery.${puk}`, { user, what: t('delivery.what.PUK') })] : []),
  ]
  return lines.length > 0 ? lines : [t(`addDevice.delivery.${noneBecause(mode)}`, { user })]
}
