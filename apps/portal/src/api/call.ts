import { address } from './address.ts'
import { errorFromAnswer, networkError } from './api-error.ts'
import { isAttended } from './attended.ts'
import type { ClientRoute, Input } from './route-types.ts'

let csrfToken: string | undefined
let onSignedOut: () => void = () => {}

/** The session's token, sent with every unsafe method. Lives in memory only. */
export const setCsrfToken = (token: string | undefined): void => {
  csrfToken = token
}

/** Called once a request was refused because nobody is signed in any more. */
export const setOnSignedOut = (listener: () => void): void => {
  onSignedOut = listener
}

type Extras = { readonly signal?: AbortSignal; readonly idempotencyKey?: string }

/** Calls a route of the contract. Throws `ApiError`. */
export const call = async <P, Q, B, A>(route: ClientRoute<P, Q, B, A>, input: Input<P, Q, B> & Extras): Promise<A> => {
  const headers: Record<string, string> = { accept: 'application/json' }
  const init: RequestInit = { method: route.method, headers, credentials: 'same-origin', cache: 'no-store' }
  if (route.method === 'GET' && !isAttended()) headers['x-unattended'] = '1'
  if (route.method !== 'GET' && csrfToken !== undefined) headers['x-csrf-token'] = csrfToken
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
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok) return body as A
  if (response.status === 401 && !route.path.startsWith('/api/session') && !route.path.startsWith('/api/invitation')) {
    onSignedOut()
  }
  throw errorFromAnswer(response.status, body)
}
