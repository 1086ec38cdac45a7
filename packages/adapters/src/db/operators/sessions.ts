import type { Db } from '../schema/index.ts'
import { time, timeValue } from '../values.ts'

export type StoredSession = {
  readonly id: string
  readonly userId: string
  readonly createdAt: number
  readonly lastSeenAt: number
  readonly expiresAt: number
}

export const sessionStore = (db: Db) => ({
  async create(session: StoredSession & { readonly tokenHash: Uint8Array }): Promise<void> {
    await db
      .insertInto('sessions')
      .values({
        id: session.id,
        token_hash: session.tokenHash,
        user_id: session.userId,
        created_at: time(session.createdAt),
        last_seen_at: time(session.lastSeenAt),
        expires_at: time(session.expiresAt),
      })
      .execute()
  },
  async find(tokenHash: Uint8Array): Promise<StoredSession | null> {
    const row = await db.selectFrom('sessions').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst()
    if (!row) return null
    return {
      id: row.id,
      userId: row.user_id,
      createdAt: row.created_at,
      lastSeenAt: row.last_seen_at,
      expiresAt: row.expires_at,
    }
  },
  async touch(id: string, at: number): Promise<void> {
    await db
      .updateTable('sessions')
      .set({ last_seen_at: time(at) })
      .where('id', '=', id)
      .execute()
  },
  async remove(id: string): Promise<void> {
    await db.deleteFrom('sessions').where('id', '=', id).execute()
  },
  async removeOfUser(userId: string): Promise<void> {
    await db.deleteFrom('sessions').where('user_id', '=', userId).execute()
  },
  async removeExpired(now: number): Promise<void> {
    await db.deleteFrom('sessions').where('expires_at', '<=', timeValue(now)).execute()
  },
})
