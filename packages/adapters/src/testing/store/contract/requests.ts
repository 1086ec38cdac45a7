import { type DeviceRequest, defaultLifecycleSettings, defaultOptions } from '@cardwright/core'
import { describe, expect, test } from 'vitest'
import { aDevice, anIssuance, aPolicy, aRequest, aTime, aUser } from '../samples.ts'
import type { StoreHarness } from '../store-contract.ts'

const byUser = { kind: 'user', id: 'u-1', label: 'Ada Example' } as const

export const requestsContract = (its: () => StoreHarness): void => {
  describe('requests', () => {
    const save = (request: DeviceRequest) => its().store.transaction(tx => tx.requests.save(request))
    const saved = async (request: DeviceRequest): Promise<DeviceRequest> => {
      const stored = await save(request)
      if (!stored) throw new Error('The request was not stored')
      return stored
    }
    const storedUser = async () => {
      const user = aUser()
      await its().addUser(user)
      return user
    }
    const blank = async () => {
      const device = await its().store.transaction(tx => tx.devices.save(aDevice()))
      if (!device) throw new Error('The device was not stored')
      return device
    }
    const userAndDevice = async () => ({ user: await storedUser(), device: await blank() })

    test('a replacement comes back as it was saved, its version raised', async () => {
      const { user, device } = await userAndDevice()
      const [other, made] = [await blank(), await blank()]
      const request = aRequest(user.id, device.id, {
        state: 'COMPLETED',
        replacement: {
          reason: 'FORGOTTEN',
          kind: 'TEMPORARY',
          workflow: 'USER_SELF',
          undo: { state: 'INVALID', reason: 'EXPIRED', suspended: true, held: ['c-1', 'c-2'], behind: ['r-1'] },
        },
        newDeviceId: other.id,
        issuanceId: anIssuance(made.id).id,
        note: 'left at home',
        requestedBy: byUser,
        requestedAt: aTime + 1,
        decidedAt: aTime + 2,
        decisionNote: 'seen in person',
        changedBy: { kind: 'system', id: 'system:sweeper', label: 'System' },
        changedAt: aTime + 3,
        expiresAt: aTime + 4,
        endedAt: aTime + 5,
      })
      const stored = await its().store.transaction(async tx => {
        const first = await tx.requests.save(request)
        await tx.issuances.save(
          anIssuance(made.id, { id: request.issuanceId ?? '', requestId: request.id, replaces: 'FORGOTTEN' }),
        )
        return first
      })
      expect(stored).toEqual({ ...request, version: 1 })
      expect(await its().store.transaction(tx => tx.requests.get(request.id))).toEqual(stored)
      expect(await its().store.transaction(tx => tx.issuances.get(request.issuanceId ?? ''))).toMatchObject({
        requestId: request.id,
        replaces: 'FORGOTTEN',
      })
    })

    test('a request for an issuance has a policy and no target', async () => {
      const user = await storedUser()
      const policy = aPolicy()
      await its().addPolicy(policy)
      const asked = aRequest(user.id, '', {
        type: 'ISSUANCE',
        state: 'PENDING_APPROVAL',
        deviceId: null,
        replacement: null,
        policyId: policy.id,
        decidedBy: null,
        decidedAt: null,
      })
      expect(await save(asked)).toEqual({ ...asked, version: 1 })
    })

    test('who saw an older version changes nothing; what does not exist is null', async () => {
      const { user, device } = await userAndDevice()
      const first = await saved(aRequest(user.id, device.id))
      const second = await saved({ ...first, note: 'found after all' })
      expect(second.version).toBe(2)
      expect(await save({ ...first, note: 'late' })).toBeNull()
      expect(await save({ ...first, version: 0 })).toBeNull()
      const { store } = its()
      expect(await store.transaction(tx => tx.requests.get(first.id))).toEqual(second)
      expect(await store.transaction(tx => tx.requests.get(aDevice().id))).toBeNull()
      expect(await store.transaction(tx => tx.requests.get('no-such'))).toBeNull()
    })

    test.each(['PENDING_APPROVAL', 'APPROVED', 'EXECUTING', 'FAILED'] as const)(
      'R-8: no second replacement of a device while one is %s; an ended one makes room',
      async state => {
        const { user, device } = await userAndDevice()
        const undecided = state === 'PENDING_APPROVAL' ? { decidedBy: null, decidedAt: null } : {}
        const first = await saved(aRequest(user.id, device.id, { state, ...undecided }))
        const openOfTarget = () => its().store.transaction(tx => tx.requests.openOfTarget(device.id))
        expect(await save(aRequest(user.id, device.id))).toBeNull()
        expect(await openOfTarget()).toEqual(first)
        const ended = await saved({ ...first, state: 'CANCELLED', endedAt: aTime + 1 })
        expect(await openOfTarget()).toBeNull()
        const second = await saved(aRequest(user.id, device.id))
        expect(await openOfTarget()).toEqual(second)
        await expect(save({ ...ended, state: 'APPROVED', endedAt: null })).rejects.toMatchObject({
          code: 'STORE_CONFLICT',
        })
      },
    )

    test('a new device is for one open request; only a replacement has a target', async () => {
      const { user, device } = await userAndDevice()
      const [another, fresh] = [await blank(), await blank()]
      const first = await saved(aRequest(user.id, device.id, { newDeviceId: fresh.id }))
      expect(await save(aRequest(user.id, another.id, { newDeviceId: fresh.id }))).toBeNull()
      const { store } = its()
      expect(await store.transaction(tx => tx.requests.openOfNewDevice(fresh.id))).toEqual(first)
      expect(await store.transaction(tx => tx.requests.openOfNewDevice(device.id))).toBeNull()
      expect(await store.transaction(tx => tx.requests.openOfTarget(fresh.id))).toBeNull()
      const second = await saved(aRequest(user.id, another.id))
      await expect(save({ ...second, newDeviceId: fresh.id })).rejects.toMatchObject({ code: 'STORE_CONFLICT' })
      await saved({ ...first, newDeviceId: null })
      expect(await store.transaction(tx => tx.requests.openOfNewDevice(fresh.id))).toBeNull()
      expect((await saved({ ...second, newDeviceId: fresh.id })).newDeviceId).toBe(fresh.id)
    })

    test('a request about a device that is no replacement stands beside one', async () => {
      const { user, device } = await userAndDevice()
      const update = aRequest(user.id, device.id, { type: 'UPDATE', replacement: null })
      await saved(update)
      const replacement = await saved(aRequest(user.id, device.id))
      expect(await its().store.transaction(tx => tx.requests.openOfTarget(device.id))).toEqual(replacement)
    })

    test('the open ones of a user, oldest first', async () => {
      const user = await storedUser()
      const ask = async (requestedAt: number, change: Partial<DeviceRequest> = {}) =>
        (await saved(aRequest(user.id, (await blank()).id, { requestedAt, ...change }))).id
      const late = await ask(aTime + 2)
      const early = await ask(aTime + 1, { state: 'FAILED' })
      await ask(aTime, { state: 'DENIED', endedAt: aTime })
      await saved(aRequest((await storedUser()).id, (await blank()).id))
      const open = await its().store.transaction(tx => tx.requests.openOfUser(user.id))
      expect(open.map(r => r.id)).toEqual([early, late])
    })

    test('due: waits or is approved, and its time has come; the oldest, and no more than asked for', async () => {
      const user = await storedUser()
      const ask = async (expiresAt: number | null, change: Partial<DeviceRequest> = {}) =>
        (await saved(aRequest(user.id, (await blank()).id, { expiresAt, ...change }))).id
      const second = await ask(aTime)
      const first = await ask(aTime - 1, { state: 'PENDING_APPROVAL', decidedBy: null, decidedAt: null })
      await ask(aTime + 1)
      await ask(null)
      await ask(aTime - 2, { state: 'EXECUTING' })
      await ask(aTime - 2, { state: 'EXPIRED', endedAt: aTime })
      const due = (limit: number) => its().store.transaction(tx => tx.requests.due(aTime, limit))
      expect((await due(10)).map(r => r.id)).toEqual([first, second])
      expect((await due(1)).map(r => r.id)).toEqual([first])
    })

    const target = { replacement: null }
    const undecided = { decidedBy: null, decidedAt: null }
    test.each<[string, Partial<DeviceRequest>]>([
      ['a replacement that does not say of what', { deviceId: null }],
      ['a replacement without a reason', target],
      ['a reason of what is no replacement', { type: 'UPDATE' }],
      ['an issuance with a target', { type: 'ISSUANCE', ...target }],
      ['ended, and nobody knows when', { state: 'CANCELLED' }],
      ['open, with an end', { endedAt: aTime }],
      ['decided by nobody, at some time', { decidedBy: null }],
      ['denied by nobody', { state: 'DENIED', endedAt: aTime, ...undecided }],
      ['decided before anybody decided', { state: 'PENDING_APPROVAL' }],
      ['of nobody', { userId: aUser().id }],
      ['of a device that does not exist', { deviceId: aDevice().id }],
      ['with an issuance that does not exist', { issuanceId: aDevice().id }],
    ])('%s: cannot be stored', async (_, change) => {
      const { user, device } = await userAndDevice()
      await expect(save(aRequest(user.id, device.id, change))).rejects.toThrow()
      expect(await its().store.transaction(tx => tx.requests.openOfUser(user.id))).toEqual([])
    })

    test('a device and the request that made it invalid are written in any order, and both or none', async () => {
      const { user, device } = await userAndDevice()
      const request = aRequest(user.id, device.id)
      const invalid = { ...device, state: 'INVALID', reason: 'LOST', userId: user.id, invalidBy: request.id } as const
      await expect(its().store.transaction(tx => tx.devices.save(invalid))).rejects.toThrow()
      await its().store.transaction(async tx => {
        await tx.devices.save(invalid)
        await tx.requests.save(request)
      })
      expect(await its().store.transaction(tx => tx.devices.get(device.id))).toEqual({ ...invalid, version: 2 })
    })

    test('of two officers who decide at once, exactly one wins', async () => {
      const { user, device } = await userAndDevice()
      const { store, other } = its()
      const waits = await saved(
        aRequest(user.id, device.id, { state: 'PENDING_APPROVAL', decidedBy: null, decidedAt: null }),
      )
      const decide = (server: typeof store, id: string) =>
        server.transaction(async tx => {
          const seen = await tx.requests.get(waits.id)
          if (seen?.version !== waits.version) return null
          const by = { kind: 'operator', id, label: id } as const
          return tx.requests.save({ ...seen, state: 'APPROVED', decidedBy: by, decidedAt: aTime, changedBy: by })
        })
      const winners = (await Promise.all([decide(store, 'one'), decide(other, 'two')])).filter(r => r !== null)
      expect(winners).toHaveLength(1)
      expect(await store.transaction(tx => tx.requests.get(waits.id))).toEqual(winners[0])
    })

    test('R-8: of two who declare an incident of one device at once, exactly one wins', async () => {
      const { user, device } = await userAndDevice()
      const { store, other } = its()
      const declare = (server: typeof store) =>
        server.transaction(async tx =>
          (await tx.requests.openOfTarget(device.id)) ? null : tx.requests.save(aRequest(user.id, device.id)),
        )
      const results = await Promise.all([declare(store), declare(other)])
      expect(results.filter(r => r !== null)).toHaveLength(1)
    })

    test('the settings of requests and replacement are the defaults until somebody changes them', async () => {
      expect(await its().store.transaction(tx => tx.settings.lifecycle())).toEqual(defaultLifecycleSettings)
    })

    test('N-3: the options are the defaults until somebody saves a script', async () => {
      expect(await its().store.transaction(tx => tx.settings.options())).toEqual(defaultOptions)
    })
  })
}
