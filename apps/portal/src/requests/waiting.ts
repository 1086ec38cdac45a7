import { routes } from 'virtual:contract'
import type { RequestCounts, Route, requestQueue } from '@cardwright/contract'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { read } from '../api/read.ts'
import { useMay } from '../api/session.ts'

export type Queue = z.infer<typeof requestQueue>
type May = (access: Route['access']) => boolean

const mayApprove = (may: May): boolean => may(routes.approveRequest.access)
const mayIssue = (may: May): boolean => may(routes.startIssuance.access)

/** The queue that this role works on first; who works on none sees all. */
export const ownQueue = (may: May): Queue => (mayApprove(may) ? 'TO_APPROVE' : mayIssue(may) ? 'TO_ISSUE' : 'ALL')

/** How many requests wait for this role. */
export const waitingFor = (counts: RequestCounts, may: May): number =>
  (mayApprove(may) ? counts.toApprove : 0) + (mayIssue(may) ? counts.toIssue + counts.failed : 0)

/** Read again every few seconds while the tab is seen; the same for the rail, Home and the queues. */
export const useRequestCounts = () => {
  const may = useMay()
  return useQuery({
    ...read(routes.requestCounts, {}),
    enabled: may(routes.requestCounts.access),
    refetchInterval: 10_000,
  })
}
