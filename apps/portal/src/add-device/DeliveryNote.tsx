import type { IssuanceOptions } from '@cardwright/contract'
import { Text } from '@mantine/core'
import { t } from '../texts/t.ts'

type Props = { readonly mode: IssuanceOptions['pin']; readonly userName: string }

/** How the holder comes to know PIN and PUK; where nothing goes out, that and why (N-4). */
export const DeliveryNote = ({ mode, userName: user }: Props) => {
  const { pin, puk } = mode.delivery
  const lines = [
    pin && t(`addDevice.delivery.${pin}`, { user, what: t('delivery.what.PIN') }),
    puk && t(`addDevice.delivery.${puk}`, { user, what: t('delivery.what.PUK') }),
  ].filter(line => line !== null)
  const none = mode.changeDuringIssuance ? 'chosen' : mode.displayMode === 'NOT_DISPLAYED' ? 'none' : 'typed'
  return (
    <Text size="sm" c="dimmed">
      {lines.length > 0 ? lines.join(' ') : t(`addDevice.delivery.${none}`, { user })}
    </Text>
  )
}
