import { StoreError } from '@cardwright/core'
import type { Selectable } from 'kysely'
import type { Db, Tables } from '../schema/index.ts'
import { time, timeValue } from '../values.ts'

export type StoredInvitation = { readonly id: string; readonly userId: string; readonly expiresAt: number }

const invitationOf = (row: Selectable<Tables['invitations']>): StoredInvitation => ({
  id: row.id,
  userId: row.user_id,
  expiresAt: row.expires_at,
})

export const invitationStore = (db: Db) => ({
  /** Takes the place of the user's earlier ones. Throws STORE_CONFLICT if the user has another role by now. */
  async create(
    invitation: StoredInvitation & {
      readonly tokenHash: Uint8Array
      readonly createdBy: string
      readonly createdAt: number
      readonly role: string | null
    },
  ): Promise<void> {
    await db.transaction().execute(async trx => {
      const user = await trx
        .selectFrom('users')
        .select('role')
        .where('id', '=', invitation.userId)
        .forUpdate()
        .executeTakeFirst()
      if (user?.role !== invitation.role) {
        throw new StoreError('STORE_CONFLICT', 'The user was given another role meanwhile. Look at it again.')
      }
      await trx
        .deleteFrom('invitations')
        .where('user_id', '=', invitation.userId)
        .where('used_at', 'is', null)
        .execute()
      await trx
        .insertInto('invitations')
        .values({
          id: invitation.id,
          token_hash: invitation.tokenHash,
          user_id: invitation.userId,
          created_by: invitation.createdBy,
          created_at: time(invitation.createdAt),
          expires_at: time(invitation.expiresAt),
          used_at: null,
        })
        .execute()
    })
  },
  async find(tokenHash: Uint8Array, now: number): Promise<StoredInvitation | null> {
    const row = await db
      .selectFrom('invitations')
      .selectAll()
      .where('token_hash', '=', tokenHash)
      .where('used_at', 'is', null)
      .where('expires_at', '>', timeValue(now))
      .executeTakeFirst()
    return row ? invitationOf(row) : null
  },
  /** Null if it was used before or has expired; of two at once only one gets it. */
  async use(tokenHash: Uint8Array, now: number): Promise<StoredInvitation | null> {
    const row = await db
      .updateTable('invitations')
      .set({ used_at: time(now) })
      .where('token_hash', '=', tokenHash)
      .where('used_at', 'is', null)
      .where('expires_at', '>', timeValue(now))
      .returningAll()
      .executeTakeFirst()
    return row ? invitationOf(row) : null
  },
})
