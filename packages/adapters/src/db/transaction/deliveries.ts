import { deliveryMessage, type Transaction } from '@cardwright/core'
import type { Db } from '../schema/index.ts'
import { time } from '../values.ts'
import { putIntoOutbox } from './outbox.ts'

export const deliveryPort = (db: Db): Transaction['deliveries'] => ({
  async queue(delivery) {
    const { id, kind, channel } = delivery
    await db
      .insertInto('deliveries')
      .values({
        id,
        user_id: delivery.userId,
        device_id: delivery.deviceId,
        issuance_id: delivery.issuanceId,
        kind: kind === 'PIN' ? 'pin' : 'puk',
        channel,
        recipient: '',
        created_at: time(delivery.createdAt),
        valid_until: time(delivery.tryUntil),
      })
      .execute()
    await putIntoOutbox(db, deliveryMessage(delivery))
  },
})
