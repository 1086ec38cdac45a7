import { routes } from 'virtual:contract'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { address } from '../api/address.ts'
import { read } from '../api/read.ts'
import { useMay } from '../api/session.ts'
import { useStream } from '../api/use-stream.ts'

export const readersQuery = read(routes.listReaders, {})

/**
 * Readers and the cards in them. `watch` keeps a stream open, so that they come and go by themselves; without it the
 * list is read once and again every half minute. `anew`: what was read before counts for nothing, because the card that was
 * seen then would be taken for one that was exchanged since.
 */
export const useReaders = (watch: boolean, { anew = false } = {}) => {
  const mayUse = useMay()(routes.listReaders.access)
  const live = useStream(mayUse && watch ? address(routes.watchReaders.path) : null, readersQuery.queryKey)
  const [wasLive, setWasLive] = useState(false)
  useEffect(() => {
    if (live) setWasLive(true)
  }, [live])
  const query = useQuery({
    ...readersQuery,
    enabled: mayUse,
    refetchInterval: live ? false : watch ? 2_000 : 30_000,
    staleTime: live ? Number.POSITIVE_INFINITY : anew ? 0 : 1_000,
  })
  const data = anew && !query.isFetchedAfterMount ? undefined : query.data
  const isPending = data === undefined && !query.isError
  return { ...query, data, isPending, interrupted: wasLive && !live, mayUse }
}
