import { routes } from 'virtual:contract'
import { useQuery } from '@tanstack/react-query'
import { read } from '../api/read.ts'
import { Notice } from '../parts/Notice.tsx'
import { Faults } from '../printing/PrinterState.tsx'
import { t } from '../texts/t.ts'

const options = read(routes.listPrinters, {})

/** What a printer says of itself just now. Kept beside what is edited, which nothing changes behind the editor's back. */
export const usePrinterNow = (id: string) =>
  useQuery({
    ...options,
    queryKey: [...options.queryKey, 'now'],
    select: ({ rows }) => rows.find(row => row.id === id),
    refetchInterval: 5_000,
  })

/** What is the matter, and what to do about it (P-7). */
export const PrinterNow = ({ now }: { readonly now: ReturnType<typeof usePrinterNow> }) => {
  if (now.isError && !now.data) return <Notice tone="warn">{t('printer.nowUnknown')}</Notice>
  const { state, faults = [] } = now.data ?? {}
  if (faults.length === 0) return null
  return (
    <Notice tone={state === 'FAULT' ? 'bad' : 'warn'} role="status" title={t('printer.now')}>
      <Faults faults={faults} />
    </Notice>
  )
}
