import { routes } from 'virtual:contract'
import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { read } from '../api/read.ts'
import { useMay } from '../api/session.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { StateBadge } from '../parts/StateBadge.tsx'
import { requestFace, whatOf } from '../requests/request-words.ts'
import { t } from '../texts/t.ts'
import css from './DeviceTile.module.css'

type Props = { readonly requestId: string; readonly last: string }

/** The open request that holds a device: what it is, how it stands, and the way to it. */
export const OpenRequest = ({ requestId, last }: Props) => {
  const mayRead = useMay()(routes.getRequest.access)
  const { data } = useQuery({ ...read(routes.getRequest, { params: { id: requestId } }), enabled: mayRead })
  if (!mayRead) return null
  return (
    <div className={css.request}>
      {data && <StateBadge face={requestFace(data.state)} />}
      <Text size="sm" component="span">
        {data ? whatOf(data) : t('device.replaceBanner')}
      </Text>
      <AnchorLink
        to="/operator/requests/$requestId"
        params={{ requestId }}
        size="sm"
        fw={600}
        aria-label={t('device.openRequestOf', { last })}
      >
        {t('device.openRequest')}
      </AnchorLink>
    </div>
  )
}
