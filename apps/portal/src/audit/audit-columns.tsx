import type { routes } from 'virtual:contract'
import { Text } from '@mantine/core'
import { actionText, detailTexts, reasonText } from '../format/audit.ts'
import type { Column } from '../lists/ListTable.tsx'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { StateBadge } from '../parts/StateBadge.tsx'
import { t } from '../texts/t.ts'

type Entry = NonNullable<(typeof routes.listAudit)['types']>['answer']['rows'][number]

const AuditObject = ({ entry }: { readonly entry: Entry }) => {
  if (entry.objectType === 'user') {
    return (
      <AnchorLink to="/operator/users/$userId" params={{ userId: entry.objectId }} data-row>
        {entry.objectLabel}
      </AnchorLink>
    )
  }
  if (entry.objectType === 'device') {
    return (
      <AnchorLink to="/operator/devices/$deviceId" params={{ deviceId: entry.objectId }} data-row>
        {entry.objectLabel}
      </AnchorLink>
    )
  }
  return entry.objectLabel
}

const faces = {
  SUCCESS: { tone: 'ok', icon: 'check' },
  FAILURE: { tone: 'bad', icon: 'cross' },
  DENIED: { tone: 'warn', icon: 'end' },
} as const

export const auditColumns: readonly Column<Entry>[] = [
  {
    key: 'what',
    long: true,
    head: t('audit.what'),
    cell: entry => (
      <>
        {actionText(entry.action)}
        {detailTexts(entry.details).map(line => (
          <Text key={line} size="xs" c="dimmed">
            {line}
          </Text>
        ))}
      </>
    ),
  },
  { key: 'object', long: true, head: t('audit.object'), cell: entry => <AuditObject entry={entry} /> },
  { key: 'who', long: true, head: t('audit.who'), cell: entry => entry.actor },
  { key: 'when', head: t('audit.when'), cell: entry => <RelativeTime at={entry.at} /> },
  { key: 'why', long: true, head: t('audit.reason'), cell: entry => reasonText(entry.reason) },
  {
    key: 'result',
    head: t('audit.result'),
    cell: entry => <StateBadge face={{ word: t(`audit.result.${entry.result}`), ...faces[entry.result] }} />,
  },
  { key: 'number', head: t('audit.number'), align: 'end', cell: entry => entry.sequence },
]

/** What records are about: the server takes the beginning of an action's name. */
export const auditAreas = [
  'issuance.',
  'device.',
  'credential.',
  'recycle.',
  'request.',
  'pin.',
  'user.',
  'initial-password.',
  'security-question.',
  'group.',
  'policy.',
  'layout.',
  'print.',
  'printer.',
  'settings.',
  'operator.',
  'audit.',
  'directory.',
  'delivery.',
] as const

export const auditCsvHead = [
  t('audit.number'),
  t('audit.when'),
  t('audit.who'),
  t('audit.what'),
  t('audit.object'),
  t('audit.reason'),
  t('audit.result'),
]
export const auditCsvLine = (entry: Entry) => [
  String(entry.sequence),
  entry.at,
  entry.actor,
  entry.action,
  entry.objectLabel,
  reasonText(entry.reason),
  entry.result,
]
