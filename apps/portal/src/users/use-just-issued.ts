import { routes } from 'virtual:contract'
import type { IssuanceView } from '@cardwright/contract'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { read } from '../api/read.ts'

const api = getRouteApi('/signed-in/operator/users/$userId')

/** The issuance that has just ended here. Its name leaves the address at once, so that a reload highlights nothing again. */
export const useJustIssued = (userId: string): IssuanceView | null => {
  const { issued } = api.useSearch()
  const navigate = useNavigate({ from: '/operator/users/$userId' })
  const [kept, setKept] = useState<{ userId: string; issuanceId: string } | null>(null)
  useEffect(() => {
    if (issued === undefined) return
    setKept({ userId, issuanceId: issued })
    void navigate({ search: {}, replace: true, resetScroll: false })
  }, [issued, userId, navigate])

  const id = kept?.userId === userId ? kept.issuanceId : undefined
  const { data } = useQuery({
    ...read(routes.getIssuance, { params: { id: id ?? '' } }),
    enabled: id !== undefined,
  })
  return id !== undefined && data?.state === 'COMPLETED' ? data : null
}
