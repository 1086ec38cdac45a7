import { routes } from 'virtual:contract'
import type { Permission, Session } from '@cardwright/contract'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { call, setCsrfToken } from './call.ts'
import { queryClient } from './query-client.ts'

export const sessionQuery = queryOptions({
  queryKey: ['getSession'],
  queryFn: async ({ signal }): Promise<Session> => {
    const session = await call(routes.getSession, { signal })
    setCsrfToken(session.csrfToken)
    return session
  },
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
})

export const signedIn = (session: Session): void => {
  queryClient.clear()
  setCsrfToken(session.csrfToken)
  queryClient.setQueryData(sessionQuery.queryKey, session)
}

/** Nothing of the last operator's data stays in memory. */
export const forgetSession = (): void => {
  setCsrfToken(undefined)
  queryClient.clear()
}

/** Only below the signed-in route, whose guard has loaded it. */
export const useSession = (): Session => {
  const { data } = useQuery(sessionQuery)
  if (!data) throw new Error('No session')
  return data
}

export const useMay = (): ((permission: Permission) => boolean) => {
  const { permissions } = useSession()
  return permission => permissions.includes(permission)
}
