import { randomUUID } from 'node:crypto'
import type { Device } from '@cardwright/core'
import { describe, expect, test } from 'vitest'
import { aCredential, aDevice, aFact, anIssuance, aPolicy, aTime, aUser } from '../samples.ts'
import type { StoreHarness } from '../store-contract.ts'

export const devicesContract = (its: () => StoreHarness): void => {
  describe('devices and credentials', () => {
    const stored = async (device: Device): Promise<Device> => {
      const saved = await its().store.transaction(tx => tx.devices.save(device))
      if (!saved) throw new Error('The device was not stored')
      return saved
    }

    test('a device comes back as it was saved, its version raised', async () => {
      const user = aUser()
      const policy = aPolicy()
      await its().addUser(user)
      await its().addPolicy(policy)
      const device = aDevice({
        state: 'ISSUED',
        userId: user.id,
        policyId: policy.id,
        policyVersion: 1,
        serial: '2147483648',
        cardUuid: randomUUID(),
        administrationKey: { kind: 'individual', identity: 'serial:1', version: 3, algorithm: 'AES-192' },
        pendingAdministrationKey: { kind: 'well-known', name: 'yubico-default', algorithm: '3DES' },
        keyVersion: 3,
        issuedAt: aTime + 123,
        expiresAt: aTime + 456,
      })
      expect(await stored(device)).toEqual({ ...device, version: 1 })
      expect(await its().store.transaction(tx => tx.devices.byIdentity(device.identity))).toEqual({
        ...device,
        version: 1,
      })
    })

    test('save is a compare-and-set: an old version changes nothing and answers null', async () => {
      const device = await stored(aDevice())
      const renamed = await stored({ ...device, model: 'yubikey-5.7' })
      expect(renamed.version).toBe(2)
      const late = await its().store.transaction(tx => tx.devices.save({ ...device, model: 'late' }))
      expect(late).toBeNull()
      expect(await its().store.transaction(tx => tx.devices.get(device.id))).toEqual(renamed)
    })

    test('version 0 inserts once; the same id or the same identity again answers null', async () => {
      const device = aDevice()
      await stored(device)
      await its().store.transaction(async tx => {
        expect(await tx.devices.save(device)).toBeNull()
        expect(await tx.devices.save(aDevice({ identity: device.identity }))).toBeNull()
        expect(await tx.devices.save(aDevice({ id: device.id }))).toBeNull()
      })
    })

    test('a device that does not exist cannot be changed', async () => {
      expect(await its().store.transaction(tx => tx.devices.save(aDevice({ version: 1 })))).toBeNull()
    })

    const impossible: readonly [string, Partial<Device>][] = [
      ['AVAILABLE with reason FAILED', { reason: 'FAILED' }],
      ['AVAILABLE with a user', { userId: 'THE USER' }],
      ['ISSUED without a user', { state: 'ISSUED' }],
      ['PRODUCED with reason NONE', { state: 'PRODUCED' }],
      ['TERMINATED because it was forgotten', { state: 'TERMINATED', reason: 'FORGOTTEN' }],
      ['active, and invalid by a request', { state: 'ISSUED', userId: 'THE USER', invalidBy: randomUUID() }],
      ['invalid by a request that does not exist', { state: 'INVALID', reason: 'LOST', invalidBy: randomUUID() }],
      ['issued for a request that does not exist', { requestId: randomUUID() }],
      ['a policy without its version', { policyId: randomUUID() }],
      ['a policy that does not exist', { policyId: randomUUID(), policyVersion: 1 }],
      ['a user who does not exist', { state: 'ASSIGNED', userId: randomUUID() }],
    ]
    test.each(impossible)('%s cannot be stored', async (_, wrong) => {
      const user = aUser()
      await its().addUser(user)
      const device = aDevice({ ...wrong, ...(wrong.userId === 'THE USER' && { userId: user.id }) })
      await expect(its().store.transaction(tx => tx.devices.save(device))).rejects.toThrow()
      expect(await its().store.transaction(tx => tx.devices.get(device.id))).toBeNull()
    })

    test('R-2: the target of a replacement is invalid because it was forgotten or is to be renewed', async () => {
      const device = await stored(aDevice({ state: 'INVALID', reason: 'FORGOTTEN', temporary: true }))
      expect(await stored({ ...device, reason: 'RENEW' })).toEqual({ ...device, version: 2, reason: 'RENEW' })
    })

    test('all of a user, ended ones too', async () => {
      const user = aUser()
      await its().addUser(user)
      const mine = [
        await stored(aDevice({ state: 'TERMINATED', reason: 'LOST', userId: user.id })),
        await stored(aDevice({ state: 'ISSUED', userId: user.id })),
      ].sort((a, b) => (a.id < b.id ? -1 : 1))
      await stored(aDevice())
      expect(await its().store.transaction(tx => tx.devices.ofUser(user.id))).toEqual(mine)
      expect(await its().store.transaction(tx => tx.devices.ofUser('no-such'))).toEqual([])
    })

    test('expired: active, and the validity ended by now; the oldest, and no more than asked for', async () => {
      const user = aUser()
      await its().addUser(user)
      const active = async (expiresAt: number | null, state: Device['state'] = 'ISSUED') =>
        (await stored(aDevice({ state, reason: 'NONE', userId: user.id, expiresAt }))).id
      const second = await active(aTime)
      const first = await active(aTime - 1)
      await active(aTime + 1)
      await active(null)
      await active(aTime - 2, 'INVALID')
      const expired = (limit: number) => its().store.transaction(tx => tx.devices.expired(aTime, limit))
      expect((await expired(10)).map(d => d.id)).toEqual([first, second])
      expect((await expired(1)).map(d => d.id)).toEqual([first])
    })

    test('who changed a device last; not who only looked at its PIN, or was refused', async () => {
      const device = await stored(aDevice())
      const lastChange = () => its().store.transaction(tx => tx.devices.lastChange(device.id))
      expect(await lastChange()).toBeNull()
      const by = (label: string) => ({ kind: 'operator', id: label, label }) as const
      const facts = [
        aFact({ deviceId: device.id, actor: by('Ada'), action: 'device.suspended', at: aTime + 1 }),
        aFact({ deviceId: device.id, actor: by('Ben'), action: 'request.created', at: aTime + 2, result: 'FAILURE' }),
        aFact({ deviceId: device.id, actor: by('Cy'), action: 'device.resumed', at: aTime + 3, result: 'DENIED' }),
        aFact({ deviceId: device.id, actor: by('Dee'), action: 'pin.initial-shown', at: aTime + 4 }),
        aFact({ deviceId: aDevice().id, actor: by('Eve'), action: 'device.resumed', at: aTime + 5 }),
      ]
      for (const fact of facts) await its().store.transaction(tx => tx.audit(fact))
      expect(await lastChange()).toEqual({ by: 'Ben', at: aTime + 2 })
    })

    test('credentials of a device come back whole; each is a compare-and-set', async () => {
      const device = await stored(aDevice())
      const issuance = anIssuance(device.id)
      const credential = aCredential(device.id, issuance.id)
      await its().store.transaction(async tx => {
        await tx.issuances.save(issuance)
        expect(await tx.credentials.save(credential)).toEqual({ ...credential, version: 1 })
      })
      const held = { ...credential, version: 1, state: 'ON_HOLD', revocationReason: 'certificateHold' } as const
      expect(await its().store.transaction(tx => tx.credentials.save(held))).toEqual({ ...held, version: 2 })
      expect(await its().store.transaction(tx => tx.credentials.save(held))).toBeNull()
      expect(await its().store.transaction(tx => tx.credentials.ofDevice(device.id))).toEqual([{ ...held, version: 2 }])
    })

    test('one serial number of an authority cannot stand for two credentials', async () => {
      const device = await stored(aDevice())
      const issuance = anIssuance(device.id)
      const credential = aCredential(device.id, issuance.id)
      const double = aCredential(device.id, issuance.id, { slot: '9C', serialNumber: credential.serialNumber })
      await its().store.transaction(async tx => {
        await tx.issuances.save(issuance)
        await tx.credentials.save(credential)
        expect(await tx.credentials.save(double)).toBeNull()
        expect(await tx.credentials.save({ ...double, authorityId: 'another' })).not.toBeNull()
      })
    })
  })
}
