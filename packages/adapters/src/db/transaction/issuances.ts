import type { Transaction } from '@cardwright/core'
import { issuanceOf, issuanceRow } from '../rows/issuances.ts'
import type { Db } from '../schema/index.ts'
import { timeValue } from '../values.ts'
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
