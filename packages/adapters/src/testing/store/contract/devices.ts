import { randomUUID } from 'node:crypto'
import type { Device } from '@cardwright/core'
import { describe, expect, test } from 'vitest'
import { aCredential, aDevice, anIssuance, aPolicy, aTime, aUser } from '../samples.ts'
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
