import type { Device, Issuance, Store } from '@cardwright/core'
import { describe, expect, test } from 'vitest'
import { aDevice, anIssuance, aPolicy, aTime, aUser } from '../samples.ts'
import type { StoreHarness } from '../store-contract.ts'

export const issuancesContract = (its: () => StoreHarness): void => {
  describe('issuances and secrets', () => {
    const storedDevice = async (): Promise<Device> => {
      const saved = await its().store.transaction(tx => tx.devices.save(aDevice()))
      if (!saved) throw new Error('The device was not stored')
      return saved
    }
    const save = (issuance: Issuance) => its().store.transaction(tx => tx.issuances.save(issuance))

    test('an issuance comes back as it was saved: keys, intents, steps, error and lease', async () => {
      const user = aUser()
      const policy = aPolicy()
      await its().addUser(user)
      await its().addPolicy(policy)
      const device = await storedDevice()
      const issuance = anIssuance(device.id, {
        state: 'FAILED',
        userId: user.id,
        policyId: policy.id,
        policyVersion: 1,
        keys: [{ slot: '9A', algorithm: 'P-256', publicKeySpki: Uint8Array.of(0, 1, 254, 255) }],
        intents: [{ slot: '9A', idempotencyKey: 'i/9A/abc', credentialId: null }],
        steps: [{ name: 'generate-key', params: { slot: '9A' }, state: 'FAILED' }],
        notes: [{ code: 'OBJECT_SKIPPED', params: { object: 'printed' } }],
        error: { code: 'CARD_STATUS_UNEXPECTED', step: 'generate-key', params: { sw: '6F00', tries: 1 }, at: aTime },
        cardTouched: true,
        pukTries: 2,
        endedAt: aTime + 5,
      })
      expect(await save(issuance)).toEqual({ ...issuance, version: 1 })
      expect(await its().store.transaction(tx => tx.issuances.get(issuance.id))).toEqual({ ...issuance, version: 1 })
    })

    test('a sign of life moves the end of the lease of the own running issuances only, and changes nothing else', async () => {
      const saved = await Promise.all(
        [
          { lease: { owner: 'one', until: aTime } },
          { lease: { owner: 'two', until: aTime } },
          { lease: null, state: 'FAILED' as const },
        ].map(async change => save(anIssuance((await storedDevice()).id, { state: 'RUNNING', ...change }))),
      )
      const ids = saved.flatMap(i => (i ? [i.id] : []))
      await its().store.transaction(tx => tx.issuances.renew([...ids, 'no-such'], 'one', aTime + 9000))
      const now = await its().store.transaction(tx => Promise.all(ids.map(id => tx.issuances.get(id))))
      expect(now).toEqual([{ ...saved[0], lease: { owner: 'one', until: aTime + 9000 } }, saved[1], saved[2]])
    })

    test('the open issuance that a user started; not those that an operator started for them, and not ended ones', async () => {
      const user = aUser()
      await its().addUser(user)
      const by = (kind: 'user' | 'operator') => ({ kind, id: user.id, label: 'somebody' })
      const make = async (change: Partial<Issuance>) =>
        save(anIssuance((await storedDevice()).id, { userId: user.id, ...change }))
      await make({ startedBy: by('operator'), startedAt: aTime + 3 })
      await make({ startedBy: by('user'), startedAt: aTime + 2, state: 'CANCELLED', lease: null, endedAt: aTime + 3 })
      const open = await make({ startedBy: by('user'), startedAt: aTime + 1, state: 'FAILED', lease: null })
      await make({ startedBy: by('user'), startedAt: aTime, state: 'WAITING_FOR_PIN', lease: null })
      expect(await its().store.transaction(tx => tx.issuances.openOfUser(user.id))).toEqual(open)
      expect(await its().store.transaction(tx => tx.issuances.openOfUser(aUser().id))).toBeNull()
    })

    test('a device has one open issuance at most; a closed one makes room', async () => {
      const device = await storedDevice()
      const first = await save(anIssuance(device.id))
      expect(await save(anIssuance(device.id))).toBeNull()
      if (!first) throw new Error('The first issuance was not stored')
      const failed = await save({ ...first, state: 'FAILED', lease: null })
      expect(await its().store.transaction(tx => tx.issuances.openOfDevice(device.id))).toEqual(failed)
      expect(await save(anIssuance(device.id))).toBeNull()
      await save({ ...first, version: 2, state: 'CANCELLED', lease: null })
      expect(await its().store.transaction(tx => tx.issuances.openOfDevice(device.id))).toBeNull()
      const second = await save(anIssuance(device.id))
      expect(second?.version).toBe(1)
      expect(await its().store.transaction(tx => tx.issuances.openOfDevice(device.id))).toEqual(second)
    })

    test('a closed issuance cannot come back beside an open one', async () => {
      const device = await storedDevice()
      const first = await save(anIssuance(device.id, { state: 'CANCELLED' }))
      await save(anIssuance(device.id))
      if (!first) throw new Error('The first issuance was not stored')
      await expect(save({ ...first, state: 'RUNNING' })).rejects.toMatchObject({ code: 'STORE_CONFLICT' })
    })

    test('abandoned: running, and the lease ended before now (I-17)', async () => {
      const late = anIssuance((await storedDevice()).id, { lease: { owner: 'a', until: aTime } })
      const alive = anIssuance((await storedDevice()).id, { lease: { owner: 'a', until: aTime + 1 } })
      const failed = anIssuance((await storedDevice()).id, { state: 'FAILED', lease: { owner: 'a', until: aTime } })
      for (const issuance of [late, alive, failed]) await save(issuance)
      const abandoned = await its().store.transaction(tx => tx.issuances.abandoned(aTime + 1))
      expect(abandoned.map(i => i.id)).toEqual([late.id])
    })

    test('an issuance of a device that does not exist cannot be stored', async () => {
      await expect(save(anIssuance(aDevice().id))).rejects.toThrow()
    })

    test('secrets: one of each device, kind and stage; wiped by kind and stage (I-10)', async () => {
      const device = await storedDevice()
      const issuance = await save(anIssuance(device.id))
      if (!issuance) throw new Error('The issuance was not stored')
      const secret = (kind: 'PIN' | 'PUK', stage: 'PENDING' | 'CURRENT', byte: number) => ({
        deviceId: device.id,
        kind,
        stage,
        issuanceId: issuance.id,
        sealed: Uint8Array.of(byte, 0),
      })
      await its().store.transaction(async tx => {
        await tx.secrets.put(secret('PUK', 'PENDING', 1))
        await tx.secrets.put(secret('PUK', 'CURRENT', 2))
        await tx.secrets.put(secret('PIN', 'CURRENT', 3))
        await tx.secrets.put(secret('PUK', 'PENDING', 4))
      })
      const of = (kind: 'PIN' | 'PUK') => its().store.transaction(tx => tx.secrets.of(device.id, kind))
      expect(await of('PUK')).toEqual([secret('PUK', 'CURRENT', 2), secret('PUK', 'PENDING', 4)])
      await its().store.transaction(tx => tx.secrets.wipe(device.id, 'PUK', 'PENDING'))
      expect(await of('PUK')).toEqual([secret('PUK', 'CURRENT', 2)])
      expect(await of('PIN')).toEqual([secret('PIN', 'CURRENT', 3)])
      await its().store.transaction(tx => tx.secrets.wipe(device.id))
      expect([...(await of('PUK')), ...(await of('PIN'))]).toEqual([])
    })

    test('secrets: of two who raise the device’s version at once, the later finds what the earlier has put', async () => {
      const device = await storedDevice()
      const issuance = await save(anIssuance(device.id))
      if (!issuance) throw new Error('The issuance was not stored')
      const putUnlessPending = (store: Store, byte: number) =>
        store.transaction(async tx => {
          const now = await tx.devices.get(device.id)
          const [pending] = await tx.secrets.of(device.id, 'PUK')
          if (!now || !(await tx.devices.save(now))) return null
          const sealed = Uint8Array.of(byte, 0)
          if (!pending)
            await tx.secrets.put({
              deviceId: device.id,
              kind: 'PUK',
              stage: 'PENDING',
              issuanceId: issuance.id,
              sealed,
            })
          return (pending?.sealed ?? sealed)[0]
        })
      const { store, other } = its()
      const found = await Promise.all([putUnlessPending(store, 1), putUnlessPending(other, 2)])
      const after = await store.transaction(async tx => ({
        device: await tx.devices.get(device.id),
        puks: await tx.secrets.of(device.id, 'PUK'),
      }))
      const put = found.filter(byte => byte !== null)
      expect(put.length).toBeGreaterThan(0)
      expect(new Set([...put, after.puks[0]?.sealed[0]]).size).toBe(1)
      expect(after.puks).toHaveLength(1)
      // Saving raises the version even where nothing else changes.
      expect(after.device?.version).toBe(device.version + put.length)
    })
  })
}
