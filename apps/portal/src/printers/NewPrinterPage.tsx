import { routes } from 'virtual:contract'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { call } from '../api/call.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { t } from '../texts/t.ts'
import { PrinterForm } from './PrinterForm.tsx'
import { blankPrinter, writeOf } from './printer-draft.ts'

export const NewPrinterPage = () => {
  const navigate = useNavigate()
  const client = useQueryClient()
  return (
    <>
      <PageHeader
        title={t('printer.new')}
        before={
          <AnchorLink to="/admin/printers" size="sm">
            {t('printer.back')}
          </AnchorLink>
        }
      />
      <PrinterForm
        start={blankPrinter}
        verb={t('printer.do')}
        onReload={() => {}}
        onSave={async (draft, idempotencyKey) => {
          const printer = await call(routes.createPrinter, { body: writeOf(draft), idempotencyKey })
          await client.invalidateQueries({ queryKey: [routes.listPrinters.id] })
          return () =>
            navigate({ to: '/admin/printers/$printerId', params: { printerId: printer.id }, ignoreBlocker: true })
        }}
      />
    </>
  )
}
