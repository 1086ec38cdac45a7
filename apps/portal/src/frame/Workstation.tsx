import { Popover, Text, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDeviceDesktop, IconDeviceDesktopExclamation } from '@tabler/icons-react'
import { Notice } from '../parts/Notice.tsx'
import { Tag } from '../parts/Tag.tsx'
import { useReaders } from '../readers/use-readers.ts'
import { t } from '../texts/t.ts'
import css from './Workstation.module.css'

/** Green or amber, with the diagnosis behind it: server, card service, readers. */
export const Workstation = () => {
  const [opened, { toggle, close }] = useDisclosure(false)
  const { data, isError, mayUse, error } = useReaders(opened)
  if (!mayUse) return null

  const reachable = !isError
  const ready = reachable && data !== undefined && data.readers.length > 0
  const unknown = data === undefined && reachable
  const Icon = ready || unknown ? IconDeviceDesktop : IconDeviceDesktopExclamation
  const label = t(ready || unknown ? 'workstation.ready' : 'workstation.attention')
  return (
    <Popover opened={opened} onChange={close} position="bottom-end" width={340} withArrow trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={css.indicator} onClick={toggle} aria-label={label} title={label}>
          <Icon size={22} aria-hidden />
          <span className={css.dot} data-tone={unknown ? 'quiet' : ready ? 'ok' : 'warn'} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('workstation.label')}>
        <Text fw={650} mb="xs" tabIndex={-1} data-autofocus>
          {label}
        </Text>
        <dl className={css.list}>
          <dt>{t('workstation.server')}</dt>
          <dd>{t(reachable ? 'workstation.serverOk' : 'workstation.serverBad')}</dd>
          <dt>{t('workstation.pcsc')}</dt>
          <dd>{data?.pcsc.available ? t('workstation.pcscOk') : (data?.pcsc.message ?? t('workstation.pcscBad'))}</dd>
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
      </Popover.Dropdown>
    </Popover>
  )
}
