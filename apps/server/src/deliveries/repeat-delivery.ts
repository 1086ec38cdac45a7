import { type Database, type FoundDelivery, findDelivery, queueAgain } from '@cardwright/adapters/db'
import { type Actor, accept, mayBeRepeated, type Outcome, refuse, TRY_FOR_MS } from '@cardwright/core'
import type { Caller } from '../http/caller.ts'

/** N-5: what failed is queued once more; a letter that may have come out before will be marked as a copy. */
export const repeatDelivery = (
  database: Database,
  id: string,
  {
    scope,
    note,
    by,
    at,
  }: { readonly scope: Caller['scope']; readonly note: string; readonly by: Actor; readonly at: number },
): Promise<Outcome<FoundDelivery>> =>
  database.transaction(async ({ trx, audit }) => {
    const found = await findDelivery(trx, scope, id)
    if (found === null) return refuse('NOT_FOUND')
    const { delivery } = found
    const may = mayBeRepeated({ ...found, state: delivery.state })
    if (!may.ok) return may
    if (!(await queueAgain(trx, delivery, at + TRY_FOR_MS))) return refuse('DELIVERY_WAITS')
    const after = await findDelivery(trx, scope, id)
    if (after === null) return refuse('NOT_FOUND')
    audit({
      at,
      actor: by,
      action: 'delivery.repeated',
      object: { type: 'delivery', id, label: delivery.recipient },
      userId: delivery.userId,
      deviceId: delivery.deviceId,
      result: 'SUCCESS',
      reason: delivery.lastError,
      details: { kind: delivery.kind, channel: delivery.channel, copy: after.delivery.copy, note },
    })
    return accept(after)
  })
