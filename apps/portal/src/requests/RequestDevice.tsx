import type { RequestView } from '@cardwright/contract'
import { Group, Text } from '@mantine/core'
import { deviceFace, lastFour } from '../format/device.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { Copyable } from '../parts/Copyable.tsx'
import { DeviceDrawing } from '../parts/DeviceDrawing.tsx'
import { Panel } from '../parts/Panel.tsx'
import { StateBadge } from '../parts/StateBadge.tsx'
import { Tag } from '../parts/Tag.tsx'
import { t } from '../texts/t.ts'
import css from './Request.module.css'

type Props = {
  readonly title: string
  readonly device: RequestView['device']
  /** Where there is none: what will be there. */
  readonly none: string
}

/** A device of a request, as the object one has seen elsewhere. */
export const RequestDevice = ({ title, device, none }: Props) => (
  <Panel title={title}>
    {device === null ? (
      <Group gap="md" wrap="nowrap">
        <DeviceDrawing form="card" serial={null} faded />
        <Text size="sm" c="dimmed">
          {none}
        </Text>
      </Group>
    ) : (
      <Group gap="md" wrap="nowrap" align="flex-start">
        <DeviceDrawing form={device.form} serial={device.serial} faded={device.state === 'TERMINATED'} />
        <div className={css.words}>
          <Group gap={6}>
            <StateBadge face={deviceFace(device)} />
            {device.temporary && <Tag tone="info">{t('device.temporary')}</Tag>}
          </Group>
          <AnchorLink
            to="/operator/devices/$deviceId"
            params={{ deviceId: device.id }}
            className={css.last}
            aria-label={t('device.open', { last: lastFour(device.serial) })}
          >
            {lastFour(device.serial)}
          </AnchorLink>
          <Text size="sm" c="dimmed">
            {device.model}
          </Text>
          <Text size="sm" component="div">
            <Copyable value={device.serial} what={t('device.serial')} />
          </Text>
        </div>
      </Group>
    )}
  </Panel>
)
