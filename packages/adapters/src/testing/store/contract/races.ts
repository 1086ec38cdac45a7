import { describe, expect, test } from 'vitest'
import { aDevice, aFact, anIssuance } from '../samples.ts'
import type { StoreHarness } from '../store-contract.ts'

/** Both hold until the other has come as far; with one connection the second waits outside, and the first goes on alone. */
const meetingPoint = () => {
  let arrived = 0
  let open: () => void = () => {}
  const both = new Promise<void>(resolve => {
    open = resolve
  })
  return (alone: boolean): Promise<void> => {
    arrived += 1
    if (alone || arrived >= 2) open()
    return both
  }
}

export const racesContract = (its: () => StoreHarness): void => {
  describe('two servers at once', () => {
    test('of two that claim one device, exactly one wins', async () => {
      const { store, other } = its()
      const device = await store.transaction(tx => tx.devices.save(aDevice()))
      if (!device) throw new Error('The device was not stored')
      const meet = meetingPoint()
      let runs = 0
      const claim = (server: typeof store, model: string) =>
        server.transaction(async tx => {
          const seen = await tx.devices.get(device.id)
          runs += 1
          if (runs <= 2) await meet(its().store === its().other)
          // The claim stands on what was seen first, as an operator's click does.
          return seen?.version === device.version ? tx.devices.save({ ...seen, model }) : null
        })
      const results = await Promise.all([claim(store, 'one'), claim(other, 'two')])
      const winners = results.filter(r => r !== null)
      expect(winners).toHaveLength(1)
      expect(await store.transaction(tx => tx.devices.get(device.id))).toEqual(winners[0])
    })

    test('of two that open an issuance on one device, exactly one wins', async () => {
      const { store, other } = its()
      const device = await store.transaction(tx => tx.devices.save(aDevice()))
      if (!device) throw new Error('The device was not stored')
      const meet = meetingPoint()
      let runs = 0
      const open = (server: typeof store) =>
        server.transaction(async tx => {
          const before = await tx.issuances.openOfDevice(device.id)
          runs += 1
          if (runs <= 2) await meet(its().store === its().other)
          return before ? null : tx.issuances.save(anIssuance(device.id))
        })
      const results = await Promise.all([open(store), open(other)])
      expect(results.filter(r => r !== null)).toHaveLength(1)
    })

    test('of two that enrol one unknown card, exactly one wins', async () => {
      const { store, other } = its()
      const enrol = (server: typeof store) =>
        server.transaction(tx => tx.devices.save(aDevice({ identity: 'serial:7' })))
      const results = await Promise.all([enrol(store), enrol(other)])
      expect(results.filter(r => r !== null)).toHaveLength(1)
    })

    test('many that write to the audit at once: every record is there once, numbered without a gap', async () => {
      const { store, other } = its()
      const names = Array.from({ length: 24 }, (_, i) => `fact-${i}`)
      await Promise.all(
        names.map((name, i) => (i % 2 === 0 ? store : other).transaction(tx => tx.audit(aFact({ action: name })))),
      )
      const trail = await its().auditTrail()
      expect(trail.map(r => r.sequence)).toEqual(names.map((_, i) => i + 1))
      expect(trail.map(r => r.action).sort()).toEqual([...names].sort())
    })
  })
}
