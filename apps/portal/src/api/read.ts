import { queryOptions } from '@tanstack/react-query'
import { call } from './call.ts'
import type { ClientRoute, Input } from './route-types.ts'

/** Query options of a GET route. The key is the route's id, then its parameters, so one id invalidates all of them. */
export const read = <P, Q, A>(route: ClientRoute<P, Q, unknown, A>, input: Input<P, Q, unknown>) =>
  queryOptions({
    queryKey: [route.id, input.params ?? null, input.query ?? null] as readonly unknown[],
    // A spread of a conditional type is more than the compiler can follow; `input` is what the route takes.
    queryFn: ({ signal }) => call<P, Q, unknown, A>(route, Object.assign({ signal }, input)),
  })

/**
 * What is edited is not read again behind the editor's back: the optimistic lock finds a newer version when it is saved. It
 * is kept only as long as it is edited, under a key of its own, so that each editor begins with what is stored then.
 */
export const readToEdit = <P, Q, A>(route: ClientRoute<P, Q, unknown, A>, input: Input<P, Q, unknown>) => {
  const options = read(route, input)
  return {
    ...options,
    queryKey: [...options.queryKey, 'edit'],
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  }
}
