import { routes } from 'virtual:contract'
import { Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { call } from '../api/call.ts'
import { readToEdit } from '../api/read.ts'
import { useMayCall } from '../api/session.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { Rows } from '../parts/Rows.tsx'
import { PrinterBadge } from '../printing/PrinterState.tsx'
import { t } from '../texts/t.ts'
import { PrinterForm } from './PrinterForm.tsx'
import { PrinterNow, usePrinterNow } from './PrinterNow.tsx'
import { draftOf, writeOf } from './printer-draft.ts'
import { RemovePrinter } from './RemovePrinter.tsx'

const api = getRouteApi('/signed-in/admin/printers/$printerId')

export const PrinterPage = () => {
  const { printerId } = api.useParams()
  const client = useQueryClient()
  const mayCall = useMayCall()
  const query = useQuery(readToEdit(routes.listPrinters, {}))
  const now = usePrinterNow(printerId)
  if (query.isError && !query.data) {
    return <ErrorNotice error={query.error} title={t('error.load')} onRetry={() => void query.refetch()} />
  }
  if (query.isPending) return <Rows count={5} height={48} />
  const printer = query.data.rows.find(row => row.id === printerId)
  if (!printer) {
    return (
      <>
        <PageHeader title={t('printer.missing.title')} lead={t('printer.missing.text')} />
        <ButtonLink to="/admin/printers">{t('printer.back')}</ButtonLink>
      </>
    )
  }
  const reload = () => client.invalidateQueries({ queryKey: [routes.listPrinters.id] })
  return (
    <>
      <PageHeader
        title={printer.name}
        before={
          <AnchorLink to="/admin/printers" size="sm">
            {t('printer.back')}
          </AnchorLink>
        }
        state={now.data && <PrinterBadge state={now.data.state} />}
        actions={mayCall(routes.deletePrinter) && <RemovePrinter printer={printer} onReload={() => void reload()} />}
      />
      <Stack gap="lg" maw={800}>
        {query.isError && <ErrorNotice error={query.error} onRetry={() => void reload()} />}
        <PrinterNow now={now} />
        <PrinterForm
          key={printer.version}
          start={draftOf(printer)}
          stored={printer}
          verb={t('common.save')}
          readOnly={!mayCall(routes.updatePrinter)}
          onReload={() => void reload()}
          onSave={async draft => {
            const body = { ...writeOf(draft), version: printer.version }
            await call(routes.updatePrinter, { params: { id: printer.id }, body })
            return async () => {
              await reload()
              notifications.show({ message: t('common.saved'), color: 'teal' })
            }
          }}
        />
      </Stack>
    </>
  )
}
