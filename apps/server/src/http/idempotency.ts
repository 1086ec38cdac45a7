import { randomUUID } from 'node:crypto'
import type { Keys } from '@cardwright/core'
import type { FastifyRequest } from 'fastify'
import { audienceOf, EdgeError, toProblem } from './problems.ts'

/** `claim` names this attempt: after a takeover the slower one no longer decides about the key. */
type Entry = { readonly key: string; readonly operatorId: string; readonly route: string; readonly claim: string }

/** Where outcomes are kept; adapters/db. */
export type IdempotencyStore = {
  /** Takes the key, or answers who has it. Expired entries count as none, and so does an equal request past its lease. */
  begin(
    entry: Entry & {
      readonly requestHash: Uint8Array
      readonly now: number
      readonly leaseUntil: number
      readonly expiresAt: number
    },
  ): Promise<
    | { readonly state: 'TAKEN' }
    | { readonly state: 'RUNNING'; readonly requestHash: Uint8Array }
    | { readonly state: 'DONE'; readonly requestHash: Uint8Array; readonly status: number; readonly answer: unknown }
  >
  finish(entry: Entry & { readonly status: number; readonly answer: unknown }): Promise<void>
  forget(entry: Entry): Promise<void>
}

export type Idempotency = {
  once(
    /** The operator or user who asks. */
    askerId: string,
    route: string,
    request: FastifyRequest,
    work: () => Promise<unknown>,
    /** What is stored of the answer: a secret that is shown once is not. */
    kept?: (answer: unknown) => unknown,
  ): Promise<{ readonly status: number; readonly answer: unknown }>
}

const KEPT_MS = 24 * 60 * 60 * 1000
/** Longer than any request that is answered takes: a key that is still taken then belongs to a server that died. */
const LEASE_MS = 2 * 60 * 1000

/**
 * The same key answers with the first outcome, refusals included; only our own faults (5xx) may be tried again under the
 * same key, and a key whose server died in the middle can be taken over by the same request. The request is kept as a MAC
 * under a server key: a plain hash of a body with a six-digit PIN could be searched through in a second.
 */
export const createIdempotency = (
  store: IdempotencyStore,
  keys: Pick<Keys, 'mac'>,
  now: () => number,
): Idempotency => ({
  once: async (askerId, route, request, work, kept = answer => answer) => {
    const key = request.headers['idempotency-key']
    if (key === undefined) return { status: 200, answer: await work() }
    if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) {
      throw new EdgeError('INPUT_INVALID', {}, { 'Idempotency-Key': '1 to 200 visible ASCII characters' })
    }
    const entry: Entry = { key, operatorId: askerId, route, claim: randomUUID() }
    const requestHash = await keys.mac('idempotency', Buffer.from(JSON.stringify([request.params, request.body])))
    const found = await store.begin({
      ...entry,
      requestHash,
      now: now(),
      leaseUntil: now() + LEASE_MS,
      expiresAt: now() + KEPT_MS,
    })
    if (found.state !== 'TAKEN') {
      if (Buffer.compare(found.requestHash, requestHash) !== 0) throw new EdgeError('IDEMPOTENCY_KEY_REUSED')
      if (found.state === 'RUNNING') throw new EdgeError('IDEMPOTENCY_IN_PROGRESS')
      return { status: found.status, answer: found.answer }
    }
    try {
      const answer = await work()
      await store.finish({ ...entry, status: 200, answer: kept(answer) })
      return { status: 200, answer }
    } catch (error) {
      const problem = toProblem(error, audienceOf(request))
      if (problem.status >= 500) await store.forget(entry)
      else await store.finish({ ...entry, status: problem.status, answer: problem })
      throw error
    }
  },
})
