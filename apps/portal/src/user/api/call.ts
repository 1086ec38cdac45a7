import { address } from '../../api/address.ts'
import type { ClientRoute, Input } from '../../api/route-types.ts'
import { errorFromAnswer, networkError } from './api-error.ts'

// Its own small copy of the Operator portal's call: that one brings the whole catalogue of texts with it.
let csrfToken = ''
let onVisitEnded: () => void = () => {}

/** The visit's token, sent with every unsafe method. Lives in memory only. */
export const setCsrfToken = (token: string): void => {
  csrfToken = token
}

let lastCallAt = Date.now()
/** When the server last heard of this person; from then on it counts the idle time of the visit. */
export const lastCall = (): number => lastCallAt

export const setOnVisitEnded = (listener: () => void): void => {
  onVisitEnded = listener
}

type Extras = { readonly signal?: AbortSignal; readonly idempotencyKey?: string }

/** Calls a route of the contract. Throws `ApiError`. */
export const call = async <P, Q, B, A>(route: ClientRoute<P, Q, B, A>, input: Input<P, Q, B> & Extras): Promise<A> => {
  const headers: Record<string, string> = { accept: 'application/json' }
  const init: RequestInit = { method: route.method, headers, credentials: 'same-origin', cache: 'no-store' }
  if (route.method !== 'GET' && csrfToken !== '') headers['x-csrf-token'] = csrfToken
  if (route.idempotent) headers['idempotency-key'] = input.idempotencyKey ?? crypto.randomUUID()
  if (input.body !== undefined) {
    headers['content-type'] = 'application/json'
    init.body = JSON.stringify(input.body)
  }
  if (input.signal) init.signal = input.signal

  let response: Response
  try {
    response = await fetch(address(route.path, input.params, input.query), init)
  } catch (error) {
    if (input.signal?.aborted) throw error
    throw networkError()
  }
  if (response.ok) lastCallAt = Date.now()
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok) return body as A
  const error = errorFromAnswer(response.status, body)
  if (error.code === 'VISIT_REQUIRED') onVisitEnded()
  throw error
}
