import type { RequestView } from '@cardwright/contract'
import { Text } from '@mantine/core'
import { lastFour } from '../format/device.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { StateBadge } from '../parts/StateBadge.tsx'
import css from './Request.module.css'
import { requestFace, whatOf } from './request-words.ts'

/** Requests in few words, each a link. */
export const RequestList = ({ rows }: { readonly rows: readonly RequestView[] }) => (
  <ul className={css.list}>
    {rows.map(request => (
      <li key={request.id}>
        <AnchorLink to="/operator/requests/$requestId" params={{ requestId: request.id }} size="sm" fw={600}>
          {whatOf(request)}
          {request.device && ` · …${lastFour(request.device.serial)}`}
        </AnchorLink>
        <StateBadge face={requestFace(request.state)} />
        <Text size="sm" c="dimmed" component="span">
          <RelativeTime at={request.requestedAt} />
        </Text>
      </li>
    ))}
  </ul>
)
