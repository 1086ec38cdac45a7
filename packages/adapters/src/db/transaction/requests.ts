import { openRequestStates, type Transaction } from '@cardwright/core'
import { requestOf, requestRow } from '../rows/requests.ts'
import type { Db } from '../schema/index.ts'
import { timeValue } from '../values.ts'
import { isUuid } from './known-ids.ts'

export const requestPort = (db: Db): Transaction['requests'] => {
  const open = () => db.selectFrom('requests').selectAll().where('state', 'in', openRequestStates)
  return {
    async get(id) {
      if (!isUuid(id)) return null
      const row = await db.selectFrom('requests').selectAll().where('id', '=', id).executeTakeFirst()
      return row ? requestOf(row) : null
    },
    async openOfTarget(deviceId) {
      if (!isUuid(deviceId)) return null
      const row = await open().where('type', '=', 'REPLACEMENT').where('device_id', '=', deviceId).executeTakeFirst()
      return row ? requestOf(row) : null
    },
    async openOfNewDevice(deviceId) {
      if (!isUuid(deviceId)) return null
      const row = await open().where('new_device_id', '=', deviceId).executeTakeFirst()
      return row ? requestOf(row) : null
    },
    async openOfUser(userId) {
      if (!isUuid(userId)) return []
      const rows = await open().where('user_id', '=', userId).orderBy('requested_at').orderBy('id').execute()
      return rows.map(requestOf)
    },
    async due(now, limit) {
      const rows = await db
        .selectFrom('requests')
        .selectAll()
        .where('state', 'in', ['PENDING_APPROVAL', 'APPROVED'])
        .where('expires_at', '<=', timeValue(now))
        .orderBy('expires_at')
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(requestOf)
    },
    async save(request) {
      const next = requestRow({ ...request, version: request.version + 1 })
      const row =
        request.version === 0
          ? await db
              .insertInto('requests')
              .values(next)
              .onConflict(c => c.doNothing())
              .returningAll()
              .executeTakeFirst()
          : await db
              .updateTable('requests')
              .set(next)
              .where('id', '=', request.id)
              .where('version', '=', request.version)
              .returningAll()
              .executeTakeFirst()
      return row ? requestOf(row) : null
    },
  }
}
