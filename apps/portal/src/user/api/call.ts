import { routes } from 'virtual:contract'
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

const send = async <P, Q, B, A>(route: ClientRoute<P, Q, B, A>, input: Input<P, Q, B> & Extras): Promise<A> => {
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
  if (error.code === 'VISIT_REQUIRED') {
    if (route.method !== 'GET' || route.id === routes.getUserSession.id) onVisitEnded()
    else void lookAgain()
  }
  throw error
}

const writing = new Set<Promise<unknown>>()

/** Calls a route of the contract. Throws `ApiError`. */
export const call = <P, Q, B, A>(route: ClientRoute<P, Q, B, A>, input: Input<P, Q, B> & Extras): Promise<A> => {
  const answer = send<P, Q, B, A>(route, input)
  if (route.method !== 'GET') {
    writing.add(answer)
    const ended = () => void writing.delete(answer)
    answer.then(ended, ended)
  }
  return answer
}

/** A login replaces the cookie: what was asked with the old one meanwhile is refused, and the visit goes on all the same. */
const lookAgain = async (): Promise<void> => {
  await Promise.allSettled(writing)
  await call(routes.getUserSession, {}).catch(() => {})
}
