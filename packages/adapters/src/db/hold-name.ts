import { sql } from 'kysely'
import { codeOf } from './errors.ts'
import type { Db } from './schema/index.ts'

/** lock_not_available (PostgreSQL appendix A). */
const LOCK_NOT_AVAILABLE = '55P03'

/**
 * Holds a name on a connection of its own until the answered function is called, the connection breaks, or the process
 * ends: a session-level advisory lock (PostgreSQL §13.3.5). Null if somebody else still holds it after `patienceMs`.
 */
export const holdName = async (db: Db, name: string, patienceMs: number): Promise<(() => Promise<void>) | null> => {
  let decide: (held: boolean) => void = () => {}
  const held = new Promise<boolean>(resolve => {
    decide = resolve
  })
  let letGo: () => void = () => {}
  const until = new Promise<void>(resolve => {
    letGo = resolve
  })
  const key = sql`hashtextextended(${name}, 0)`
  const holding = db.connection().execute(async connection => {
    await sql.raw(`set lock_timeout = ${Math.trunc(patienceMs)}`).execute(connection)
    try {
      await sql`select pg_advisory_lock(${key})`.execute(connection)
    } catch (error) {
      if (codeOf(error) !== LOCK_NOT_AVAILABLE) throw error
      decide(false)
      return
    } finally {
      await sql`reset lock_timeout`.execute(connection)
    }
    decide(true)
    await until
    // The connection goes back to the pool; if it broke meanwhile, so did the lock.
    await sql`select pg_advisory_unlock(${key})`.execute(connection).catch(() => undefined)
  })
  if (!(await Promise.race([held, holding.then(() => held)]))) {
    await holding
    return null
  }
  return async () => {
    letGo()
    await holding
  }
}
