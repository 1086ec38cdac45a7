import type { RequestView } from '@cardwright/contract'
import { Text } from '@mantine/core'
import { lastFour } from '../format/device.ts'
import type { Column } from '../lists/ListTable.tsx'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { StateBadge } from '../parts/StateBadge.tsx'
import { t } from '../texts/t.ts'
import { ageOf, ageWords } from './clock.ts'
import { LossClock } from './LossClock.tsx'
import { requesterOf, requestFace, whatOf } from './request-words.ts'

/** The device is what the request is about, so it stands with it. */
const What = ({ request }: { readonly request: RequestView }) => (
  <>
    <AnchorLink to="/operator/requests/$requestId" params={{ requestId: request.id }} data-row fw={600}>
      {whatOf(request)}
    </AnchorLink>
    {request.device && (
      <div>
        <AnchorLink to="/operator/devices/$deviceId" params={{ deviceId: request.device.id }} size="sm">
          {request.device.serial}
        </AnchorLink>
      </div>
    )}
    <LossClock request={request} block />
  </>
)

const byWhom = (request: RequestView): string =>
  request.requestedBy.id === request.user.id ? t('requests.byUser') : t('requests.by', { who: requesterOf(request) })

export const requestColumns: readonly Column<RequestView>[] = [
  { key: 'what', long: true, head: t('requests.whatDevice'), cell: request => <What request={request} /> },
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
    key: 'at',
    long: true,
    head: t('requests.requestedAt'),
    sort: 'requestedAt',
    cell: request => (
      <span>
        <RelativeTime at={request.requestedAt} />
        <Text size="xs" c="dimmed">
          {byWhom(request)}
        </Text>
      </span>
    ),
  },
  {
    key: 'state',
    head: t('requests.state'),
    cell: request => <StateBadge face={requestFace(request.state)} />,
  },
  {
    key: 'age',
    head: t('requests.age'),
    spare: true,
    cell: request => ageWords(ageOf(request, Date.now())),
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
