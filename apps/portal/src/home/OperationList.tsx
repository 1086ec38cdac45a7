import { Text } from '@mantine/core'
import { lastFour } from '../format/device.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { t } from '../texts/t.ts'
import css from './Home.module.css'

type Row = {
  readonly issuanceId: string
  readonly userName: string | null
  readonly serial: string
  readonly at: string
  readonly what: string
}

/** Operations that wait or failed; each opens where it stands. */
export const OperationList = ({ rows }: { readonly rows: readonly Row[] }) => (
  <ul className={css.operations}>
    {rows.map(row => (
      <li key={row.issuanceId}>
        <AnchorLink to="/operator/issuances/$issuanceId" params={{ issuanceId: row.issuanceId }} fw={600}>
          <bdi>{row.userName ?? t('home.recycle')}</bdi> · …{lastFour(row.serial)}
        </AnchorLink>
        <Text size="sm" c="dimmed">
          {row.what && `${row.what} `}
          <RelativeTime at={row.at} />
        </Text>
      </li>
    ))}
  </ul>
)
