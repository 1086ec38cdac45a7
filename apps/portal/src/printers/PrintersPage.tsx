import { routes } from 'virtual:contract'
import type { SitePrinter } from '@cardwright/contract'
import { useQuery } from '@tanstack/react-query'
import { read } from '../api/read.ts'
import { useMayCall } from '../api/session.ts'
import { ListPanel } from '../lists/ListPanel.tsx'
import type { Column } from '../lists/ListTable.tsx'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { Empty } from '../parts/Empty.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { Faults, PrinterBadge } from '../printing/PrinterState.tsx'
import { t } from '../texts/t.ts'

const siteOf = ({ purpose, groups }: SitePrinter): string =>
  groups.map(group => group.name).join(', ') || t(`printers.noSite.${purpose}`)

const columns: readonly Column<SitePrinter>[] = [
  {
    key: 'name',
    long: true,
    head: t('printers.name'),
    cell: printer => (
      <AnchorLink to="/admin/printers/$printerId" params={{ printerId: printer.id }} data-row fw={600}>
        {printer.name}
      </AnchorLink>
    ),
  },
  { key: 'purpose', head: t('printers.purpose'), cell: printer => t(`printers.purpose.${printer.purpose}`) },
  { key: 'site', long: true, head: t('printers.site'), cell: siteOf },
  {
    key: 'state',
    long: true,
    head: t('printers.state'),
    cell: ({ state, faults }) => (
      <div>
        <PrinterBadge state={state} />
        <Faults faults={faults} />
      </div>
    ),
  },
]

/** The printers that the server reaches, with what each says of itself just now (P-7). */
export const PrintersPage = () => {
  const mayCall = useMayCall()
  const query = useQuery({ ...read(routes.listPrinters, {}), refetchInterval: 10_000 })
  const create = mayCall(routes.createPrinter) && (
    <ButtonLink to="/admin/printers/new">{t('printers.create')}</ButtonLink>
  )
  return (
    <>
      <PageHeader title={t('printers.title')} lead={t('printers.lead')} actions={create} />
      <ListPanel
        label={t('printers.title')}
        query={query}
        columns={columns}
        rowKey={printer => printer.id}
        empty={<Empty title={t('printers.empty.title')} text={t('printers.empty.text')} action={create} />}
      />
    </>
  )
}
