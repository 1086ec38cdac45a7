import type { Home } from '@cardwright/contract'
import { Group, Text } from '@mantine/core'
import { deliveryFace, nameOf } from '../deliveries/delivery-words.ts'
import { lastFour } from '../format/device.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { Panel } from '../parts/Panel.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { StateBadge } from '../parts/StateBadge.tsx'
import { t } from '../texts/t.ts'
import css from './Home.module.css'

/** PIN letters and mails that reached nobody (N-5); each opens the device, where it is repeated. Absent where there is none. */
export const Undelivered = ({ undelivered: { total, newest } }: Pick<Home, 'undelivered'>) => {
  if (total === 0) return null
  return (
    <Panel title={t('home.undelivered')}>
      <Text size="sm" c="dimmed" mb="sm">
        {t('home.undelivered.text')}
      </Text>
      <ul className={css.operations}>
        {newest.map(one => (
          <li key={one.id}>
            <Group gap="xs">
              <AnchorLink to="/operator/devices/$deviceId" params={{ deviceId: one.deviceId }} fw={600}>
                <bdi>{one.userName}</bdi> · …{lastFour(one.serial)} · {nameOf(one)}
              </AnchorLink>
              <StateBadge face={deliveryFace(one)} />
            </Group>
            <Text size="sm" c="dimmed">
              {one.problem && `${one.problem.text} `}
              <RelativeTime at={one.at} />
            </Text>
          </li>
        ))}
      </ul>
      {total > newest.length && (
        <Text size="sm" c="dimmed" mt="sm">
          {t('home.undelivered.more', { count: total - newest.length })}
        </Text>
      )}
    </Panel>
  )
}
