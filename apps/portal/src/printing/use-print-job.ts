import { routes } from 'virtual:contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { address } from '../api/address.ts'
import { read } from '../api/read.ts'
import { useMay } from '../api/session.ts'
import { useStream } from '../api/use-stream.ts'
import { isUnderWay } from './print-words.ts'

/** A print as it goes on, found again under its id after a closed tab, and both sides as they were sent. */
export const usePrintJob = (id: string) => {
  const options = read(routes.getPrintJob, { params: { id } })
  const [ended, setEnded] = useState(false)
  const live = useStream(ended ? null : address(routes.watchPrintJob.path, { id }), options.queryKey)
  const query = useQuery({
    ...options,
    staleTime: 0,
    refetchInterval: ({ state }) => (live || (state.data && !isUnderWay(state.data.state)) ? false : 2_000),
  })
  if (query.data && isUnderWay(query.data.state) === ended) setEnded(!ended)
  return { query, picture: usePrintedCard(id) }
}

/** What was sent to the printer, for whoever may see the person on it; it never changes. */
export const usePrintedCard = (id: string | null) => {
  const may = useMay()
  return useQuery({
    ...read(routes.printedCard, { params: { id: id ?? '' } }),
    enabled: id !== null && may(routes.printedCard.access) && may('user.read'),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
