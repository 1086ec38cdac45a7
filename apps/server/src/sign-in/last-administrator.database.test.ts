import {
  applySyncSteps,
  createDatabase,
  createUser,
  type Database,
  openDatabase,
  setRole,
  updateUser,
} from '@cardwright/adapters/db'
import { migrated, type TestPostgres, testMacs } from '@cardwright/adapters/testing'
import type { User } from '@cardwright/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestPostgres } from '../testing/postgres.ts'

let postgres: TestPostgres
/** Two servers on one database. */
let servers: readonly [Database, Database]
beforeAll(async () => {
  postgres = await startTestPostgres()
  const address = await postgres.createDatabase(migrated)
  const open = () => createDatabase(openDatabase(address, { onConnectionLost: () => {} }), testMacs)
  servers = [open(), open()]
})
afterAll(async () => {
  for (const { db } of servers) await db.destroy()
  await postgres.stop()
})

const at = Date.UTC(2026, 0, 1)
const by = { actor: { kind: 'operator', id: 'o', label: 'Root' } as const, at }
let made = 0
const administrator = async (): Promise<User> => {
  made++
  const input = { loginName: `admin${made}`, displayName: `Administrator ${made}`, groupIds: [] }
  const written = await createUser(servers[0], input, by, { role: 'ADMINISTRATOR' })
  if (!written.ok) throw new Error(written.code)
  return written.value
}

/** Every way to lose an administrator; each answers how it ended. */
const ways: Readonly<Record<string, (database: Database, user: User) => Promise<string>>> = {
  disabled: async (database, { id, version, loginName, displayName }) => {
    const edit = { loginName, displayName, groupIds: [], version, status: 'DISABLED' as const }
    const written = await updateUser(database, id, edit, by, 'SYSTEM')
    return written.ok ? 'DONE' : written.code === 'ACCESS_REFUSED' ? written.why : written.code
  },
  dismissed: async (database, { id }) => {
    const written = await setRole(database, id, null, by, 'SYSTEM')
    return written.ok ? 'DONE' : written.code === 'ACCESS_REFUSED' ? written.why : written.code
  },
  'gone from the directory': async (database, { id, version, loginName, displayName }) => {
    const user = { id, version, loginName, displayName, why: 'GONE' as const }
    const { disabled } = await applySyncSteps(database, [{ kind: 'disable', user }], by)
    return disabled === 1 ? 'DONE' : 'LAST_ADMINISTRATOR'
  },
}
const pairs = Object.keys(ways).flatMap(one => Object.keys(ways).map(other => [one, other] as const))

test.each(pairs)('two administrators at once, one %s and one %s: one goes, the other stays', async (one, other) => {
  const [{ db }] = servers
  for (let round = 0; round < 5; round++) {
    await db.updateTable('users').set({ role: null }).where('role', '=', 'ADMINISTRATOR').execute()
    const [first, second] = [await administrator(), await administrator()]
    const outcomes = await Promise.all([ways[one]?.(servers[0], first), ways[other]?.(servers[1], second)])
    expect(outcomes.sort()).toEqual(['DONE', 'LAST_ADMINISTRATOR'])
    const left = await db
      .selectFrom('users')
      .select('id')
      .where('role', '=', 'ADMINISTRATOR')
      .where('status', '=', 'ACTIVE')
      .execute()
    expect(left).toHaveLength(1)
  }
})
