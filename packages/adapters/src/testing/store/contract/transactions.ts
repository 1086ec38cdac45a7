import { describe, expect, test } from 'vitest'
import { aDevice, aFact } from '../samples.ts'
import type { StoreHarness } from '../store-contract.ts'

export const transactionsContract = (its: () => StoreHarness): void => {
  describe('transactions', () => {
    test('what the work answers is answered, what it throws is thrown', async () => {
      expect(await its().store.transaction(async () => 42)).toBe(42)
      const broken = new Error('broken')
      await expect(
        its().store.transaction(async () => {
          throw broken
        }),
      ).rejects.toBe(broken)
    })

    test('work that throws leaves nothing: no device, no audit record, no message', async () => {
      const device = aDevice()
      await expect(
        its().store.transaction(async tx => {
          await tx.devices.save(device)
          await tx.audit(aFact())
          await tx.outbox({
            kind: 'certificate.abandon',
            authorityId: 'local',
            idempotencyKey: 'k',
            reason: 'superseded',
          })
          throw new Error('changed my mind')
        }),
      ).rejects.toThrow('changed my mind')
      expect(await its().store.transaction(tx => tx.devices.get(device.id))).toBeNull()
      expect(await its().auditTrail()).toEqual([])
      expect(await its().outbox()).toEqual([])
    })

    test('a transaction sees what it wrote before it commits', async () => {
      const device = aDevice()
      await its().store.transaction(async tx => {
        const saved = await tx.devices.save(device)
        expect(await tx.devices.get(device.id)).toEqual(saved)
        expect(await tx.devices.byIdentity(device.identity)).toEqual(saved)
      })
    })

    test('audit records are numbered from 1 without a gap, in the order of commits (issue 2, Audit)', async () => {
      const { store } = its()
      await store.transaction(async tx => {
        await tx.audit(aFact({ action: 'first' }))
        await tx.audit(aFact({ action: 'second' }))
      })
      await expect(
        store.transaction(async tx => {
          await tx.audit(aFact({ action: 'never' }))
          throw new Error('no')
        }),
      ).rejects.toThrow('no')
      await store.transaction(tx => tx.audit(aFact({ action: 'third' })))
      const trail = await its().auditTrail()
      expect(trail.map(r => [r.sequence, r.action])).toEqual([
        [1, 'first'],
        [2, 'second'],
        [3, 'third'],
      ])
    })

    test('an audit fact comes back as it was given', async () => {
      const fact = aFact({
        userId: 'ada',
        deviceId: 'd-7',
        result: 'DENIED',
        reason: 'bound to another user',
        details: { attempt: 2, virtual: true, reader: null, text: 'Grüße "quoted"\n' },
      })
      await its().store.transaction(tx => tx.audit(fact))
      expect(await its().auditTrail()).toEqual([{ ...fact, sequence: 1 }])
    })

    test('outbox messages stand in the order in which they were put', async () => {
      const hold = {
        kind: 'certificate.change-status',
        authorityId: 'local',
        serialNumber: '0A',
        change: 'hold',
        reason: 'certificateHold',
      } as const
      const resume = { ...hold, change: 'resume' } as const
      await its().store.transaction(async tx => {
        await tx.outbox(hold)
        await tx.outbox(resume)
      })
      expect(await its().outbox()).toEqual([hold, resume])
    })
  })
}
