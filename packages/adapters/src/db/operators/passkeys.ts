import type { Selectable } from 'kysely'
import type { Db, Tables } from '../schema/index.ts'
import { isUuid } from '../transaction/known-ids.ts'
import { json, time, timeValue } from '../values.ts'

export type StoredPasskey = {
  readonly credentialId: string
  readonly userId: string
  /** COSE_Key. */
  readonly publicKey: Uint8Array
  readonly signCount: number
  readonly transports: readonly string[]
}

export type StoredCeremony = {
  readonly id: string
  readonly kind: 'sign-in' | 'register'
  readonly challenge: string
  readonly userId: string | null
  readonly expiresAt: number
}

const passkeyOf = (row: Selectable<Tables['passkeys']>): StoredPasskey => ({
  credentialId: row.credential_id,
  userId: row.user_id,
  publicKey: row.public_key,
  signCount: row.sign_count,
  transports: row.transports,
})

export const passkeyStore = (db: Db) => ({
  async get(credentialId: string): Promise<StoredPasskey | null> {
    const row = await db.selectFrom('passkeys').selectAll().where('credential_id', '=', credentialId).executeTakeFirst()
    return row ? passkeyOf(row) : null
  },
  async ofUser(userId: string): Promise<readonly StoredPasskey[]> {
    const rows = await db
      .selectFrom('passkeys')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('created_at')
      .execute()
    return rows.map(passkeyOf)
  },
  async add(passkey: StoredPasskey & { readonly name: string; readonly createdAt: number }): Promise<void> {
    await db
      .insertInto('passkeys')
      .values({
        credential_id: passkey.credentialId,
        user_id: passkey.userId,
        public_key: passkey.publicKey,
        sign_count: passkey.signCount,
        transports: json(passkey.transports),
        name: passkey.name,
        created_at: time(passkey.createdAt),
        last_used_at: null,
      })
      .execute()
  },
  async used(credentialId: string, signCount: number, at: number): Promise<void> {
    await db
      .updateTable('passkeys')
      .set({ sign_count: signCount, last_used_at: time(at) })
      .where('credential_id', '=', credentialId)
      .execute()
  },
})

export const ceremonyStore = (db: Db) => ({
  async start(ceremony: StoredCeremony): Promise<void> {
    await db
      .insertInto('passkey_ceremonies')
      .values({
        id: ceremony.id,
        kind: ceremony.kind,
        challenge: ceremony.challenge,
        user_id: ceremony.userId,
        expires_at: time(ceremony.expiresAt),
      })
      .execute()
  },
  /** Answers it once; later calls and expired ones get null. Sweeps the expired ones out on the way. */
  async take(id: string, now: number): Promise<StoredCeremony | null> {
    await db.deleteFrom('passkey_ceremonies').where('expires_at', '<=', timeValue(now)).execute()
    if (!isUuid(id)) return null
    const row = await db.deleteFrom('passkey_ceremonies').where('id', '=', id).returningAll().executeTakeFirst()
    if (!row) return null
    return { id: row.id, kind: row.kind, challenge: row.challenge, userId: row.user_id, expiresAt: row.expires_at }
  },
})
