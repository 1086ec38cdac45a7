import type { StoredSecret, Transaction } from '@cardwright/core'
import { withdrawDeliveries } from '../deliveries.ts'
import type { Db } from '../schema/index.ts'
import { isUuid } from './known-ids.ts'

export const secretPort = (db: Db): Transaction['secrets'] => ({
  async of(deviceId, kind) {
    if (!isUuid(deviceId)) return []
    const rows = await db
      .selectFrom('secrets')
      .selectAll()
      .where('device_id', '=', deviceId)
      .where('kind', '=', kind)
      .orderBy('stage')
      .execute()
    return rows.map(
      (row): StoredSecret => ({
        deviceId: row.device_id,
        kind: row.kind,
        stage: row.stage,
        issuanceId: row.issuance_id,
        sealed: row.sealed,
      }),
    )
  },
  async put(secret) {
    const changed = { issuance_id: secret.issuanceId, sealed: secret.sealed }
    await db
      .insertInto('secrets')
      .values({ device_id: secret.deviceId, kind: secret.kind, stage: secret.stage, ...changed })
      .onConflict(c => c.columns(['device_id', 'kind', 'stage']).doUpdateSet(changed))
      .execute()
  },
  async wipe(deviceId, kind, stage) {
    if (!isUuid(deviceId)) return
    let query = db.deleteFrom('secrets').where('device_id', '=', deviceId)
    if (kind) query = query.where('kind', '=', kind)
    if (stage) query = query.where('stage', '=', stage)
    await query.execute()
    // A replaced PUK goes through `put`; one that is wiped as CURRENT is not the card's any more.
    if (stage === 'PENDING') return
    const kinds = (['pin', 'puk'] as const).filter(k => kind === undefined || kind.toLowerCase() === k)
    await withdrawDeliveries(db, deviceId, kinds)
  },
})
