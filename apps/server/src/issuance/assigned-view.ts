import { randomUUID } from 'node:crypto'
import type { IssuanceView } from '@cardwright/contract'
import { type Clock, RefusalError, refuse, type Store } from '@cardwright/core'
import { placeOfReader } from '../relay/reader-ids.ts'

/** *Assign Device* in the words of an issuance: one step, done. Nothing of it is stored but the binding itself. */
export const createAssignedView =
  (store: Store, clock: Clock) =>
  (deviceId: string, readerId: string): Promise<IssuanceView> =>
    store.transaction(async tx => {
      const device = await tx.devices.get(deviceId)
      const user = device?.userId ? await tx.users.get(device.userId) : null
      if (!device) throw new RefusalError(refuse('NOT_FOUND'))
      const now = new Date(clock()).toISOString()
      return {
        id: randomUUID(),
        kind: 'ASSIGN',
        state: 'COMPLETED',
        attempt: 1,
        userId: device.userId,
        userName: user?.displayName ?? null,
        deviceId,
        serial: device.serial,
        form: device.form,
        readerName: '',
        where: placeOfReader(readerId),
        policy: null,
        steps: [{ key: 'claim', params: {}, state: 'DONE' }],
        progress: 1,
        error: null,
        pinRules: null,
        notes: [],
        roundTrips: 1,
        startedAt: now,
        endedAt: now,
      }
    })
