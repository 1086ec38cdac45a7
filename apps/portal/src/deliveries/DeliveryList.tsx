import { routes } from 'virtual:contract'
import type { Delivery } from '@cardwright/contract'
import { Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { read } from '../api/read.ts'
import { useMay } from '../api/session.ts'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import css from '../parts/List.module.css'
import { Panel } from '../parts/Panel.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { StateBadge } from '../parts/StateBadge.tsx'
import { Tag } from '../parts/Tag.tsx'
import { t } from '../texts/t.ts'
import { deliveryFace, nameOf, wantsRepeat } from './delivery-words.ts'
import { RepeatDialog } from './RepeatDialog.tsx'

const Problem = ({ problem, state }: Pick<Delivery, 'problem' | 'state'>) =>
  problem && (
    <>
      <Text size="sm">{state === 'WAITING' ? t('delivery.tried', { problem: problem.text }) : problem.text}</Text>
      <Text size="sm">{t('delivery.now', { advice: problem.advice })}</Text>
    </>
  )

const Row = ({ delivery, onRepeat }: { readonly delivery: Delivery; readonly onRepeat: () => void }) => {
  const { repeat } = delivery
  const name = nameOf(delivery)
  return (
    <li>
      <Group gap="xs">
        <Text fw={600} component="span">
          {name}
        </Text>
        <StateBadge face={deliveryFace(delivery)} />
        {delivery.copy > 1 && <Tag>{t('delivery.copy')}</Tag>}
      </Group>
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {delivery.to !== '' &&
          `${t(delivery.channel === 'PRINT' ? 'delivery.on' : 'delivery.to', { to: delivery.to })} · `}
        {delivery.attempts > 1 && `${t('delivery.attempts', { count: delivery.attempts })} · `}
        <RelativeTime at={delivery.endedAt ?? delivery.createdAt} />
      </Text>
      {delivery.state !== 'DELIVERED' && <Problem {...delivery} />}
      {wantsRepeat(delivery) && !repeat.allowed && (
        <Text size="sm" c="dimmed">
          {repeat.reason}
        </Text>
      )}
      {wantsRepeat(delivery) && (
        <Button
          mt={6}
          size="xs"
          variant="default"
          disabled={!repeat.allowed}
          aria-label={t('delivery.repeatThis', { name })}
          onClick={onRepeat}
        >
          {t('delivery.repeat')}
        </Button>
      )}
    </li>
  )
}

type Props = { readonly deviceId: string; readonly userName: string }

/** Where PIN and PUK of a device went and how that ended, newest first; never what stood in it (N-5). */
export const DeliveryList = ({ deviceId, userName }: Props) => {
  const enabled = useMay()(routes.deviceDeliveries.access)
  const query = useQuery({
    ...read(routes.deviceDeliveries, { params: { id: deviceId } }),
    enabled,
    refetchInterval: ({ state }) => (state.data?.rows.some(row => row.state === 'WAITING') ? 3_000 : false),
  })
  const [repeated, setRepeated] = useState<Delivery | null>(null)
  const rows = query.data?.rows ?? []
  if (!enabled || (!query.isError && rows.length === 0)) return null
  return (
    <Panel title={t('delivery.title')}>
      {query.isError && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      <ul className={css.list}>
        {rows.map(row => (
          <Row key={row.id} delivery={row} onRepeat={() => setRepeated(row)} />
        ))}
      </ul>
      {repeated && <RepeatDialog delivery={repeated} userName={userName} onClose={() => setRepeated(null)} />}
    </Panel>
  )
}
