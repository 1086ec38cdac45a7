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

/** What is edited is not read again behind the editor's back: the optimistic lock finds a newer version when it is saved. */
export const readToEdit = <P, Q, A>(route: ClientRoute<P, Q, unknown, A>, input: Input<P, Q, unknown>) => ({
  ...read(route, input),
  refetchOnWindowFocus: false,
  staleTime: Number.POSITIVE_INFINITY,
})
