import { routes } from 'virtual:contract'
import type { Device } from '@cardwright/contract'
import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { read } from '../api/read.ts'
import { useMay } from '../api/session.ts'
import { lastFour } from '../format/device.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { StateBadge } from '../parts/StateBadge.tsx'
import { requestFace, whatOf } from '../requests/request-words.ts'
import { t } from '../texts/t.ts'
import css from './DeviceTile.module.css'

/**
 * The request that holds a device, and the way to it: the open one; of a device that is invalid still, the last one, as of a
 * forgotten device while a temporary one stands in for it.
 */
export const DeviceRequest = ({ device }: { readonly device: Device }) => {
  const { openRequestId } = device
  const mayRead = useMay()(routes.listRequests.access)
  const open = useQuery({
    ...read(routes.getRequest, { params: { id: openRequestId ?? '' } }),
    enabled: mayRead && openRequestId !== null,
  })
  const last = useQuery({
    ...read(routes.listRequests, { query: { device: device.id, sort: '-requestedAt', limit: 1 } }),
    enabled: mayRead && openRequestId === null && device.state === 'INVALID',
  })
  const request = openRequestId === null ? last.data?.rows[0] : open.data
  if (!request) return null
  return (
    <div className={css.request}>
      <StateBadge face={requestFace(request.state)} />
      <Text size="sm" component="span">
        {whatOf(request)}
      </Text>
      <AnchorLink
        to="/operator/requests/$requestId"
        params={{ requestId: request.id }}
        size="sm"
        fw={600}
        aria-label={t('device.openRequestOf', { last: lastFour(device.serial) })}
      >
        {t('device.openRequest')}
      </AnchorLink>
    </div>
  )
}
