import type { Selectable } from 'kysely'
import type { Db, Tables } from '../schema/index.ts'
import { time, timeValue } from '../values.ts'

export type StoredVisit = {
  readonly id: string
  readonly userId: string | null
  readonly service: 'ISSUANCE' | 'WITHOUT_DEVICE' | 'DEVICE' | null
  readonly deviceId: string | null
  readonly createdAt: number
  readonly lastSeenAt: number
  readonly expiresAt: number
}

export const visitStore = (db: Db) => ({
  async create(visit: StoredVisit & { readonly tokenHash: Uint8Array }): Promise<void> {
    await db
      .insertInto('user_visits')
      .values({
        id: visit.id,
        token_hash: visit.tokenHash,
        user_id: visit.userId,
        service: visit.service,
        device_id: visit.deviceId,
        created_at: time(visit.createdAt),
        last_seen_at: time(visit.lastSeenAt),
        expires_at: time(visit.expiresAt),
      })
      .execute()
  },
  async find(tokenHash: Uint8Array): Promise<StoredVisit | null> {
    const row = await db.selectFrom('user_visits').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst()
    return row ? visitOf(row) : null
  },
  async get(id: string): Promise<StoredVisit | null> {
    const row = await db.selectFrom('user_visits').selectAll().where('id', '=', id).executeTakeFirst()
    return row ? visitOf(row) : null
  },
  /**
   * The visit under the token and the id that `to` has; false if it is gone or its token changed since: of two logins at
   * once one wins.
   */
  async logIn(oldTokenHash: Uint8Array, to: StoredVisit & { readonly tokenHash: Uint8Array }): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('user_visits')
      .set({
        id: to.id,
        token_hash: to.tokenHash,
        user_id: to.userId,
        service: to.service,
        device_id: to.deviceId,
        created_at: time(to.createdAt),
        last_seen_at: time(to.lastSeenAt),
        expires_at: time(to.expiresAt),
      })
      .where('token_hash', '=', oldTokenHash)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },
  /** Whether somebody may still be here by right of this device: it is this user's and neither on hold nor at its end. */
  async deviceServes(deviceId: string, userId: string): Promise<boolean> {
    const row = await db
      .selectFrom('devices')
      .select('id')
      .where('id', '=', deviceId)
      .where('user_id', '=', userId)
      .where('suspended', '=', false)
      .where('state', 'not in', ['AVAILABLE', 'INVALID', 'TERMINATED'])
      .executeTakeFirst()
    return row !== undefined
  },
  async touch(id: string, at: number): Promise<void> {
    await db
      .updateTable('user_visits')
      .set({ last_seen_at: time(at) })
      .where('id', '=', id)
      .execute()
  },
  async remove(id: string): Promise<void> {
    await db.deleteFrom('user_visits').where('id', '=', id).execute()
  },
  /** Those that are over, and those that nobody used since `idleSince`. */
  async removeExpired(now: number, idleSince: number): Promise<void> {
    await db
      .deleteFrom('user_visits')
      .where(({ or, eb }) =>
        or([eb('expires_at', '<=', timeValue(now)), eb('last_seen_at', '<=', timeValue(idleSince))]),
      )
      .execute()
  },
})

const visitOf = (row: Selectable<Tables['user_visits']>): StoredVisit => ({
  id: row.id,
  userId: row.user_id,
  service: row.service,
  deviceId: row.device_id,
  createdAt: row.created_at,
  lastSeenAt: row.last_seen_at,
  expiresAt: row.expires_at,
})
