import type { LossReport } from '@cardwright/contract'
import { Group, Text } from '@mantine/core'
import { type Column, ListTable } from '../lists/ListTable.tsx'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { Panel } from '../parts/Panel.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { TimeLeft } from '../requests/LossClock.tsx'
import { t } from '../texts/t.ts'
import css from './Home.module.css'

const columns: readonly Column<LossReport>[] = [
  {
    key: 'device',
    long: true,
    head: t('home.loss.device'),
    cell: ({ deviceId, serial, userId, userName }) => (
      <>
        <AnchorLink to="/operator/devices/$deviceId" params={{ deviceId }} fw={600}>
          {serial}
        </AnchorLink>
        {userId && (
          <div>
            <AnchorLink to="/operator/users/$userId" params={{ userId }}>
              {userName}
            </AnchorLink>
          </div>
        )}
      </>
    ),
  },
  {
    key: 'reported',
    long: true,
    head: t('home.loss.reported'),
    cell: report => (
      <span>
        {t(`replaceReason.${report.reason}`)}, <RelativeTime at={report.reportedAt} />
      </span>
    ),
  },
  {
    key: 'due',
    head: t('home.loss.due'),
    cell: ({ dueAt }) => <TimeLeft left={Date.parse(dueAt) - Date.now()} />,
  },
  {
    key: 'certificates',
    long: true,
    head: t('home.loss.certificates'),
    cell: ({ notRevoked, onHold }) => (
      <Group gap={6}>
        <span>{t('home.loss.notRevoked', { count: notRevoked })}</span>
        {onHold > 0 && (
          <Text size="sm" c="dimmed" component="span">
            {t('home.loss.onHold', { count: onHold })}
          </Text>
        )}
      </Group>
    ),
  },
  {
    key: 'open',
    head: t('home.loss.open'),
    cell: ({ requestId, deviceId, serial }) =>
      requestId ? (
        <AnchorLink
          to="/operator/requests/$requestId"
          params={{ requestId }}
          data-row
          aria-label={`${t('home.loss.request')}, ${serial}`}
        >
          {t('home.loss.request')}
        </AnchorLink>
      ) : (
        <AnchorLink
          to="/operator/devices/$deviceId"
          params={{ deviceId }}
          data-row
          aria-label={`${t('home.loss.toDevice')}, ${serial}`}
        >
          {t('home.loss.toDevice')}
        </AnchorLink>
      ),
  },
]

/** The 18-hour clock (R-19, FIPS 201-3 §2.9.1): the most urgent first; absent where nothing is lost. */
export const LossReports = ({ reports }: { readonly reports: readonly LossReport[] }) => {
  if (reports.length === 0) return null
  const urgent = [...reports].sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt))
  return (
    <Panel title={t('home.lossReports')} flush>
      <Text size="sm" c="dimmed" className={css.lead}>
        {t('home.lossReports.text')}
      </Text>
      <ListTable
        label={t('home.lossReports')}
        columns={columns}
        rows={urgent}
        rowKey={report => report.deviceId}
        empty={null}
      />
    </Panel>
  )
}
