import { Button, Group, SimpleGrid, Stack } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { DeviceDrawing } from '../parts/DeviceDrawing.tsx'
import { Empty } from '../parts/Empty.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Notice } from '../parts/Notice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { Rows } from '../parts/Rows.tsx'
import type { useReaders } from '../readers/use-readers.ts'
import { t } from '../texts/t.ts'
import { ChoiceGroup } from './ChoiceGroup.tsx'
import type { Purpose } from './configuration.ts'
import { ReaderTile } from './ReaderTile.tsx'

type Props = {
  readonly readers: ReturnType<typeof useReaders>
  readonly purpose: Purpose
  readonly chosen: string | null
  readonly onChoose: (readerId: string) => void
  /** Beside the readers, where cards can be printed. */
  readonly printer?: ReactNode
}

/** The connected devices. They come and go by themselves; Refresh reads them anew (I-2). */
export const ConnectedDevices = ({ readers, purpose, chosen, onChoose, printer }: Props) => {
  const { data } = readers
  // Full readers first, then in the order of their names, so that a tile does not jump while others come and go.
  const list = [...(data?.readers ?? [])].sort(
    (a, b) => Number(b.card !== null) - Number(a.card !== null) || a.name.localeCompare(b.name),
  )
  const anyCard = list.some(reader => reader.card !== null)
  return (
    <Panel
      title={t('addDevice.device')}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRefresh size={14} aria-hidden />}
          loading={readers.isFetching && readers.data !== undefined}
          onClick={() => void readers.refetch()}
        >
          {t('addDevice.refresh')}
        </Button>
      }
    >
      <Stack gap="md">
        {readers.isError && !data && <ErrorNotice error={readers.error} onRetry={() => void readers.refetch()} />}
        {readers.isPending && readers.fetchStatus !== 'idle' && <Rows count={2} height={88} />}
        {data && !data.pcsc.available && !data.workstation && !list.some(reader => reader.virtual) && (
          <Notice
            tone="warn"
            title={t('addDevice.pcscDown', { message: data.pcsc.message ?? t('workstation.pcscBad') })}
          >
            {t('addDevice.pcscDownAdvice')}
          </Notice>
        )}
        {data && !anyCard && (
          <Empty
            title={t(list.length === 0 ? 'addDevice.noReader.title' : 'addDevice.noDevice.title')}
            text={t(list.length === 0 ? 'addDevice.noReader.text' : 'addDevice.noDevice.text')}
            drawing={<DeviceDrawing form="card" serial={null} faded />}
          />
        )}
        {(list.length > 0 || printer) && (
          <ChoiceGroup label={t('addDevice.device')} value={chosen} onChange={onChoose}>
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
              {list.map(reader => (
                <ReaderTile key={reader.id} reader={reader} purpose={purpose} />
              ))}
              {printer}
            </SimpleGrid>
          </ChoiceGroup>
        )}
        <Group role="status" gap={0}>
          {readers.data && readers.interrupted && t('issuance.reconnecting')}
        </Group>
      </Stack>
    </Panel>
  )
}
