import type { Db } from '../schema/index.ts'
import { time } from '../values.ts'

export const passwordStore = (db: Db) => ({
  async hashOf(userId: string): Promise<string | null> {
    const row = await db.selectFrom('passwords').select('hash').where('user_id', '=', userId).executeTakeFirst()
    return row?.hash ?? null
  },
  async set(userId: string, hash: string, at: number): Promise<void> {
    const changed = { hash, changed_at: time(at) }
    await db
      .insertInto('passwords')
      .values({ user_id: userId, ...changed })
      .onConflict(c => c.column('user_id').doUpdateSet(changed))
      .execute()
  },
})
