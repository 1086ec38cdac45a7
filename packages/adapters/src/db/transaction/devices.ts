import { mayStillBeDelivered, type Transaction } from '@cardwright/core'
import { sql } from 'kysely'
import { withdrawDeliveries } from '../deliveries.ts'
import { credentialOf, credentialRow } from '../rows/credentials.ts'
import { deviceOf, deviceRow } from '../rows/devices.ts'
import type { Db } from '../schema/index.ts'
import { timeValue } from '../values.ts'
import { changesOfDevice } from './device-changes.ts'
import { isUuid } from './known-ids.ts'

export const devicePort = (db: Db): Transaction['devices'] => ({
  async get(id) {
    if (!isUuid(id)) return null
    const row = await db.selectFrom('devices').selectAll().where('id', '=', id).executeTakeFirst()
    return row ? deviceOf(row) : null
  },
  async byIdentity(identity) {
    const row = await db.selectFrom('devices').selectAll().where('identity', '=', identity).executeTakeFirst()
    return row ? deviceOf(row) : null
  },
  async byCardUuid(cardUuid) {
    if (!isUuid(cardUuid)) return null
    const row = await db.selectFrom('devices').selectAll().where('card_uuid', '=', cardUuid).executeTakeFirst()
    return row ? deviceOf(row) : null
  },
  async ofUser(userId) {
    if (!isUuid(userId)) return []
    const rows = await db.selectFrom('devices').selectAll().where('user_id', '=', userId).orderBy('id').execute()
    return rows.map(deviceOf)
  },
  async expired(now, limit) {
    const rows = await db
      .selectFrom('devices')
      .selectAll()
      .where('state', '=', 'ISSUED')
      .where('expires_at', '<=', timeValue(now))
      .orderBy('expires_at')
      .orderBy('id')
      .limit(limit)
      .execute()
    return rows.map(deviceOf)
  },
  async lastChange(id) {
    const row = await db
      .selectFrom('audit')
      .select(['actor_label', 'at'])
      .where('device_id', '=', id)
      .where('result', '<>', 'DENIED')
      .where(sql<boolean>`action ~ ${changesOfDevice}`)
      .orderBy('sequence', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row ? { by: row.actor_label, at: row.at } : null
  },
  async save(device) {
    const next = deviceRow({ ...device, version: device.version + 1 })
    const row =
      device.version === 0
        ? await db
            .insertInto('devices')
            .values(next)
            .onConflict(c => c.doNothing())
            .returningAll()
            .executeTakeFirst()
        : await db
            .updateTable('devices')
            .set(next)
            .where('id', '=', device.id)
            .where('version', '=', device.version)
            .returningAll()
            .executeTakeFirst()
    // An initial password is for a blank device that waits for its user.
    if (row && row.state !== 'ASSIGNED') await endInitialPasswords(db, row.id)
    if (row && !mayStillBeDelivered(row)) await withdrawDeliveries(db, row.id, ['pin', 'puk'])
    return row ? deviceOf(row) : null
  },
})

/** U-11: for good. A mail that was to bring one has nothing to bring any more. */
export const endInitialPasswords = async (db: Db, deviceId: string): Promise<void> => {
  await db
    .updateTable('initial_passwords')
    .set({ ended: true })
    .where('device_id', '=', deviceId)
    .where('ended', '=', false)
    .execute()
  await withdrawDeliveries(db, deviceId, ['initial-password'])
}

export const credentialPort = (db: Db): Transaction['credentials'] => ({
  async ofDevice(deviceId) {
    if (!isUuid(deviceId)) return []
    const rows = await db
      .selectFrom('credentials')
      .selectAll()
      .where('device_id', '=', deviceId)
      .orderBy('not_before')
      .orderBy('slot')
      .orderBy('id')
      .execute()
    return rows.map(credentialOf)
  },
  async save(credential) {
    const next = credentialRow({ ...credential, version: credential.version + 1 })
    const row =
      credential.version === 0
        ? await db
            .insertInto('credentials')
            .values(next)
            .onConflict(c => c.doNothing())
            .returningAll()
            .executeTakeFirst()
        : await db
            .updateTable('credentials')
            .set(next)
            .where('id', '=', credential.id)
            .where('version', '=', credential.version)
            .returningAll()
            .executeTakeFirst()
    return row ? credentialOf(row) : null
  },
})
