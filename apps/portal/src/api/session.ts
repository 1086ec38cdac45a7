import { routes } from 'virtual:contract'
import type { Route, Session } from '@cardwright/contract'
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

/** Whether these permissions open a route: what is shown follows from `access` of the route table, as the checks of the API do. */
export const permits = (permissions: readonly string[], access: Route['access']): boolean =>
  access === 'signed-in' || permissions.includes(access)

export const useMay = (): ((access: Route['access']) => boolean) => {
  const { permissions } = useSession()
  return access => permits(permissions, access)
}

type Guarded = { readonly access: Route['access']; readonly needsAllGroups: boolean }

/** Whether this operator may call a route, by permission and by scope. */
export const mayCall = ({ permissions, scope }: Pick<Session, 'permissions' | 'scope'>, route: Guarded): boolean =>
  permits(permissions, route.access) && (scope === 'ALL' || !route.needsAllGroups)

export const useMayCall = (): ((route: Guarded) => boolean) => {
  const session = useSession()
  return route => mayCall(session, route)
}
