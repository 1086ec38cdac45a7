import type { RequestView } from '@cardwright/contract'
import { Group } from '@mantine/core'
import { lastFour } from '../format/device.ts'
import type { Column } from '../lists/ListTable.tsx'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { StateBadge } from '../parts/StateBadge.tsx'
import { Tag } from '../parts/Tag.tsx'
import { t } from '../texts/t.ts'
import { ageOf, ageWords } from './clock.ts'
import { LossClock } from './LossClock.tsx'
import { requesterOf, requestFace, whatOf } from './request-words.ts'

/** `left` says of a row that the list no longer holds it. */
export const requestColumns = (left: (row: RequestView) => boolean): readonly Column<RequestView>[] => [
  {
    key: 'what',
    long: true,
    head: t('requests.what'),
    cell: request => (
      <AnchorLink to="/operator/requests/$requestId" params={{ requestId: request.id }} data-row fw={600}>
        {whatOf(request)}
      </AnchorLink>
    ),
  },
  {
    key: 'user',
    long: true,
    head: t('requests.user'),
    sort: 'user',
    cell: ({ user }) => (
      <AnchorLink to="/operator/users/$userId" params={{ userId: user.id }}>
        {user.displayName}
      </AnchorLink>
    ),
  },
  {
    key: 'device',
    head: t('requests.device'),
    cell: ({ device }) =>
      device && (
        <AnchorLink to="/operator/devices/$deviceId" params={{ deviceId: device.id }}>
          {device.serial}
        </AnchorLink>
      ),
  },
  { key: 'by', long: true, head: t('requests.requestedBy'), cell: requesterOf },
  {
    key: 'at',
    head: t('requests.requestedAt'),
    sort: 'requestedAt',
    cell: request => <RelativeTime at={request.requestedAt} />,
  },
  {
    key: 'state',
    head: t('requests.state'),
    cell: request => (
      <Group gap={6}>
        <StateBadge face={requestFace(request.state)} />
        {left(request) && <Tag>{t('requests.left')}</Tag>}
      </Group>
    ),
  },
  {
    key: 'age',
    head: t('requests.age'),
    cell: request => (
      <Group gap={6}>
        <span>{ageWords(ageOf(request, Date.now()))}</span>
        <LossClock request={request} />
      </Group>
    ),
  },
]

export const csvHead = [
  t('requests.what'),
  t('requests.type'),
  t('requests.reason'),
  t('requests.csv.workflow'),
  t('requests.user'),
  t('requests.device'),
  t('request.newDevice'),
  t('requests.requestedBy'),
  t('requests.requestedAt'),
  t('requests.state'),
  t('request.decidedBy'),
  t('request.decisionNote'),
  t('request.note'),
  t('requests.csv.changedAt'),
  t('requests.csv.endedAt'),
]
export const csvLine = (request: RequestView): readonly string[] => [
  whatOf(request),
  t(`requestType.${request.type}`),
  request.reason ? t(`replaceReason.${request.reason}`) : '',
  request.workflow ? t(`workflow.${request.workflow}`, { user: request.user.displayName }) : '',
  request.user.displayName,
  request.device?.serial ?? '',
  request.newDevice?.serial ?? '',
  requesterOf(request),
  request.requestedAt,
  t(`requestState.${request.state}`),
  request.decidedBy ?? '',
  request.decisionNote,
  request.note,
  request.changedAt,
  request.endedAt ?? '',
]

/** For what a row's buttons are called: which request they are about. */
export const rowName = ({ user, device }: RequestView): string =>
  device ? `${user.displayName}, …${lastFour(device.serial)}` : user.displayName
