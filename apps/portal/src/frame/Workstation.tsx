import { Popover, Text, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDeviceDesktop, IconDeviceDesktopExclamation } from '@tabler/icons-react'
import { Notice } from '../parts/Notice.tsx'
import { Tag } from '../parts/Tag.tsx'
import { useReaders } from '../readers/use-readers.ts'
import { t } from '../texts/t.ts'
import { useWorkstation } from '../workstation/WorkstationProvider.tsx'
import { WorkstationSetup } from '../workstation/WorkstationSetup.tsx'
import css from './Workstation.module.css'
import { WorkstationPrinters } from './WorkstationPrinters.tsx'
import { indicatorTone } from './workstation-tone.ts'

/** Green or amber, with the diagnosis behind it: server, extension, client, card service, readers. */
export const Workstation = () => {
  const [opened, { toggle, close }] = useDisclosure(false)
  const { data, isError, mayUse, error } = useReaders(opened)
  const workstation = useWorkstation()
  if (!mayUse) return null

  const { state, welcome, extensionVersion, clientVersion } = workstation
  const tone = indicatorTone(state, isError ? null : data?.readers.length)
  const Icon = tone === 'warn' ? IconDeviceDesktopExclamation : IconDeviceDesktop
  const label = t(tone === 'warn' ? 'workstation.attention' : 'workstation.ready')
  const pcsc = welcome?.pcsc ?? data?.pcsc
  const version = (value: string | null) =>
    value === null ? t('workstation.absent') : t('workstation.versionOk', { version: value })
  return (
    <Popover opened={opened} onChange={close} position="bottom-end" width={380} withArrow trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={css.indicator} onClick={toggle} aria-label={label} title={label}>
          <Icon size={22} aria-hidden />
          <span className={css.dot} data-tone={tone} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('workstation.label')} className={css.dropdown}>
        <Text fw={650} mb="xs" tabIndex={-1} data-autofocus>
          {label}
        </Text>
        <dl className={css.list}>
          <dt>{t('workstation.server')}</dt>
          <dd>{t(isError ? 'workstation.serverBad' : 'workstation.serverOk')}</dd>
          <dt>{t('workstation.extension')}</dt>
          <dd>{version(extensionVersion)}</dd>
          <dt>{t('workstation.client')}</dt>
          <dd>{version(clientVersion)}</dd>
          <dt>{t('workstation.pcsc')}</dt>
          <dd>{pcsc?.available ? t('workstation.pcscOk') : (pcsc?.message ?? t('workstation.pcscBad'))}</dd>
        </dl>
        <Text fw={600} size="sm" mt="sm" mb={4}>
          {t('workstation.readers')}
        </Text>
        {isError && <Notice tone="bad">{error.message}</Notice>}
        {data?.readers.length === 0 && <Text size="sm">{t('workstation.noReaders')}</Text>}
        <ul className={css.readers}>
          {data?.readers.map(reader => (
            <li key={reader.id}>
              <span>
                {reader.name} {reader.virtual && <Tag tone="info">{t('device.virtual')}</Tag>}
              </span>
              <Text size="sm" c="dimmed" component="span">
                {reader.busy
                  ? t('workstation.readerBusy')
                  : reader.card
                    ? `${reader.card.model} ${reader.card.serial ?? ''}`
                    : t('workstation.readerEmpty')}
              </Text>
            </li>
          ))}
        </ul>
        <WorkstationPrinters />
        {state !== 'ready' && (
          <details className={css.setUp} open={tone === 'warn'}>
            <summary>{t('workstation.setUp')}</summary>
            <WorkstationSetup workstation={workstation} t={t} />
          </details>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
