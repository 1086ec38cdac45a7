import type { Transaction } from '@cardwright/core'
import { sql } from 'kysely'
import { issuanceOf, issuanceRow } from '../rows/issuances.ts'
import type { Db } from '../schema/index.ts'
import { time, timeValue } from '../values.ts'
import { isUuid } from './known-ids.ts'

export const issuancePort = (db: Db): Transaction['issuances'] => ({
  async get(id) {
    if (!isUuid(id)) return null
    const row = await db.selectFrom('issuances').selectAll().where('id', '=', id).executeTakeFirst()
    return row ? issuanceOf(row) : null
  },
  async openOfDevice(deviceId) {
    if (!isUuid(deviceId)) return null
    const row = await db
      .selectFrom('issuances')
      .selectAll()
      .where('device_id', '=', deviceId)
      .where('state', 'in', ['RUNNING', 'WAITING_FOR_PIN', 'FAILED'])
      .executeTakeFirst()
    return row ? issuanceOf(row) : null
  },
  async openOfUser(userId) {
    if (!isUuid(userId)) return null
    const row = await db
      .selectFrom('issuances')
      .selectAll()
      .where('user_id', '=', userId)
      .where('state', 'in', ['RUNNING', 'WAITING_FOR_PIN', 'FAILED'])
      .where(sql<boolean>`started_by ->> 'kind' = 'user'`)
      .orderBy('started_at', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row ? issuanceOf(row) : null
  },
  async renew(ids, owner, until) {
    const known = ids.filter(isUuid)
    if (known.length === 0) return
    await db
      .updateTable('issuances')
      .set({ lease_until: time(until) })
      .where('id', 'in', known)
      .where('state', '=', 'RUNNING')
      .where('lease_owner', '=', owner)
      .execute()
  },
  async save(issuance) {
    const next = issuanceRow({ ...issuance, version: issuance.version + 1 })
    const row =
      issuance.version === 0
        ? await db
            .insertInto('issuances')
            .values(next)
            .onConflict(c => c.doNothing())
            .returningAll()
            .executeTakeFirst()
        : await db
            .updateTable('issuances')
            .set(next)
            .where('id', '=', issuance.id)
            .where('version', '=', issuance.version)
            .returningAll()
            .executeTakeFirst()
    return row ? issuanceOf(row) : null
  },
  async abandoned(now) {
    const rows = await db
      .selectFrom('issuances')
      .selectAll()
      .where('state', '=', 'RUNNING')
      .where('lease_until', '<', timeValue(now))
      .orderBy('lease_until')
      .execute()
    return rows.map(issuanceOf)
  },
})
