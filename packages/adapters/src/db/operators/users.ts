import type { User } from '@cardwright/core'
import { sql } from 'kysely'
import type { Db } from '../schema/index.ts'
import { userPort } from '../transaction/people.ts'

export const userLookup = (db: Db) => ({
  get: (id: string): Promise<User | null> => userPort(db).get(id),
  /** Case does not matter, as in Active Directory. */
  async byLoginName(loginName: string): Promise<User | null> {
    const row = await db
      .selectFrom('users')
      .select('id')
      .where(sql<string>`lower(login_name)`, '=', sql<string>`lower(${loginName})`)
      .executeTakeFirst()
    return row ? userPort(db).get(row.id) : null
  },
})
