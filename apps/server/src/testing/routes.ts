import {
  createDatabase,
  createIdempotencyStore,
  createPostgresStore,
  type Database,
  type GroupScope,
} from '@cardwright/adapters/db'
import { createTestDatabase, testMacs } from '@cardwright/adapters/testing'
import { type Permission, type Problem, permissions } from '@cardwright/contract'
import type { Store } from '@cardwright/core'
import type { Caller } from '../http/caller.ts'
import { createEventStreams } from '../http/event-stream.ts'
import { createIdempotency } from '../http/idempotency.ts'
import { createRegistrar, type Registrar } from '../http/registrar.ts'
import { createVisibility } from '../http/scope.ts'
import { callerWith } from './caller.ts'
import { silentApp } from './silent-app.ts'

export type Answered<T> = { readonly status: number; readonly body: T }
/** A request as somebody; without a body for GET and DELETE. `more` = further headers. */
export type Call = <T = Problem>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  body?: object,
  more?: Readonly<Record<string, string>>,
) => Promise<Answered<T>>

/**
 * Some routes with all that guards them, on a migrated database, without the rest of the server. `as` asks as an operator of
 * these permissions (all of them unless said) and of this scope.
 */
export const startRoutes = async (
  register: (registrar: Registrar, on: { database: Database; store: Store }) => void,
) => {
  const db = await createTestDatabase()
  const database = createDatabase(db, testMacs)
  const store = createPostgresStore(database)
  const visibility = createVisibility({
    database,
    store,
    reachOf: () => {
      throw new Error('no reader in these tests')
    },
  })
  const start = async (caller: Caller) => {
    const app = await silentApp()
    const registrar = createRegistrar(app, {
      authenticate: async () => caller,
      authenticateVisitor: async () => null,
      idempotency: createIdempotency(createIdempotencyStore(db), testMacs, Date.now),
      streams: createEventStreams(async () => true),
      visibility,
      denied: async () => {},
    })
    register(registrar, { database, store })
    return app
  }
  const as = async (held: readonly Permission[] = permissions, scope: GroupScope = 'ALL'): Promise<Call> => {
    const app = await start(callerWith(held, scope))
    return async (method, url, body, more) => {
      const headers = { host: 'localhost', 'x-csrf-token': 'token', ...more }
      const answer = await app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body }) })
      return { status: answer.statusCode, body: answer.json() }
    }
  }
  return { db, database, store, as, stop: () => db.destroy() }
}
