import { routes } from 'virtual:contract'
import type { Device } from '@cardwright/contract'
import { Button, Group, Select, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { call } from '../api/call.ts'
import { read } from '../api/read.ts'
import { useSubmit } from '../api/use-submit.ts'
import { useDeviceChanged } from '../devices/use-device-changed.ts'
import { lastFour } from '../format/device.ts'
import { Bullets } from '../parts/Bullets.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { Empty } from '../parts/Empty.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Notice } from '../parts/Notice.tsx'
import { Rows } from '../parts/Rows.tsx'
import { t } from '../texts/t.ts'
import { lacksOfPicture, lacksOfSides } from './card-place.ts'
import { LayoutChoice } from './LayoutChoice.tsx'
import { Faults, PrinterBadge } from './PrinterState.tsx'
import { recall } from './remembered-printer.ts'
import { useCardPrinters } from './use-card-printers.ts'
import { useLayouts } from './use-layouts.ts'

type Props = { readonly device: Device; readonly onClose: () => void }

/** Prints the card of a Pending or Active device once more, with the layout that it has, or for the first time (P-6, P-7). */
export const PrintDialog = ({ device, onClose }: Props) => {
  const navigate = useNavigate()
  const changed = useDeviceChanged()
  const { query, printers } = useCardPrinters(true)
  const [printerId, setPrinterId] = useState(() => recall(localStorage)?.printerId)
  const [wanted, setWanted] = useState<string | null>(null)
  const printer = printers.find(one => one.id === printerId) ?? (printers.length === 1 ? printers[0] : undefined)
  const prints = useQuery(read(routes.devicePrints, { params: { id: device.id } }))
  const layouts = useLayouts({
    userId: device.user?.id ?? '',
    of: { deviceId: device.id },
    wanted: wanted ?? prints.data?.rows[0]?.layout.id ?? null,
    enabled: device.user !== null,
  })
  const { submit, pending, error } = useSubmit(async (_: undefined, idempotencyKey) => {
    if (!printer || !layouts.chosen) return
    const body = { deviceId: device.id, layoutId: layouts.chosen.id, printerId: printer.id }
    const job = await call(routes.startPrint, { body, idempotencyKey })
    onClose()
    void changed()
    await navigate({ to: '/operator/print-jobs/$jobId', params: { jobId: job.id } })
  })
  const lacks = [...lacksOfSides(printer, layouts.chosen), ...lacksOfPicture(layouts.picture.data)]
  const ready = printer?.state === 'READY' && layouts.chosen !== undefined && lacks.length === 0
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) void submit(undefined)
  }
  return (
    <Dialog
      opened
      size="lg"
      onClose={onClose}
      title={t('print.dialog', { last: lastFour(device.serial) })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={onSubmit}>
        <Stack gap="md">
          <LayoutChoice layouts={layouts} onChange={setWanted} />
          {query.isError && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
          {query.isPending && <Rows count={1} height={48} />}
          {query.isSuccess && printers.length === 0 && (
            <Empty title={t('print.noPrinter.title')} text={t('print.noPrinter.text')} />
          )}
          {printers.length > 0 && (
            <Select
              label={t('print.printer')}
              description={t('print.feed', { last: lastFour(device.serial) })}
              placeholder={t('print.choosePrinter')}
              allowDeselect={false}
              data={printers.map(one => ({ value: one.id, label: one.name }))}
              value={printer?.id ?? null}
              onChange={id => setPrinterId(id ?? undefined)}
            />
          )}
          {printer && (
            <div role="status">
              <PrinterBadge state={printer.state} />
              <Faults faults={printer.faults} />
            </div>
          )}
          {lacks.length > 0 && (
            <Notice tone="warn" role="status" title={t('print.startNeeds')}>
              <Bullets lines={lacks.map(({ key, params }) => t(key, params))} />
            </Notice>
          )}
          {error && <ErrorNotice error={error} title={t('print.notStarted')} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" disabled={!ready} loading={pending}>
              {t('print.do')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
