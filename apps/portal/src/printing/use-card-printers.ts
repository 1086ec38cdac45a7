import { routes } from 'virtual:contract'
import { useQuery } from '@tanstack/react-query'
import { read } from '../api/read.ts'
import { useMay } from '../api/session.ts'

/** Card printers and their state; read again every few seconds while a page waits for one. */
export const useCardPrinters = (watch: boolean) => {
  const enabled = useMay()(routes.cardPrinters.access)
  const query = useQuery({ ...read(routes.cardPrinters, {}), enabled, refetchInterval: watch ? 3_000 : 60_000 })
  const printers = query.data?.printers ?? []
  return { query, printers, /** P-1. */ available: query.data?.configured === true && printers.length > 0 }
}
