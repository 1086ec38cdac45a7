import type { Device } from '@cardwright/contract'
import { Group, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { deviceFace, lastFour } from '../format/device.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { Copyable } from '../parts/Copyable.tsx'
import { StateBadge } from '../parts/StateBadge.tsx'
import { Tag } from '../parts/Tag.tsx'
import { PrintedDrawing } from '../printing/PrintedDrawing.tsx'
import { t } from '../texts/t.ts'
import { CertificateRows } from './CertificateRows.tsx'
import { currentCredentials } from './current-credentials.ts'
import { DeviceActions } from './DeviceActions.tsx'
import { DeviceRequest } from './DeviceRequest.tsx'
import css from './DeviceTile.module.css'
import { PendingActions } from './PendingActions.tsx'
import { ValidityBar } from './ValidityBar.tsx'

type Props = { readonly device: Device; readonly highlight: boolean }

/** A device as an object one recognises: drawing, state, last four digits, policy, validity, certificates, actions. */
export const DeviceTile = ({ device, highlight }: Props) => {
  const last = lastFour(device.serial)
  const tile = useRef<HTMLElement>(null)
  useEffect(() => {
    if (highlight) tile.current?.scrollIntoView({ block: 'nearest' })
  }, [highlight])
  return (
    <article
      ref={tile}
      className={highlight ? `${css.tile} ${css.highlight}` : css.tile}
      aria-label={t('device.tileTitle', { model: device.model, last })}
    >
      <div className={css.head}>
        <PrintedDrawing device={device} />
        <div className={css.words}>
          <Group gap={6}>
            <StateBadge face={deviceFace(device)} />
            {device.temporary && <Tag tone="info">{t('device.temporary')}</Tag>}
            {device.virtual && <Tag tone="info">{t('device.virtual')}</Tag>}
          </Group>
          <AnchorLink
            to="/operator/devices/$deviceId"
            params={{ deviceId: device.id }}
            className={css.last}
            aria-label={t('device.open', { last })}
          >
            {last}
          </AnchorLink>
          <Text size="sm" c="dimmed">
            {device.model}
          </Text>
        </div>
        <DeviceActions device={device} />
      </div>
      <DeviceRequest device={device} />
      <PendingActions device={device} />
      <dl className={css.facts}>
        <dt>{t('device.serial')}</dt>
        <dd>
          <Copyable value={device.serial} what={t('device.serial')} />
        </dd>
        <dt>{t('device.policy')}</dt>
        <dd>{device.policy ? device.policy.name : t('device.noPolicy')}</dd>
      </dl>
      {device.issuedAt && device.expiresAt && <ValidityBar from={device.issuedAt} to={device.expiresAt} />}
      <CertificateRows credentials={currentCredentials(device)} deviceState={device.state} />
    </article>
  )
}
