import { randomUUID } from 'node:crypto'
import { defaultSecuritySettings } from '@cardwright/core'
import { describe, expect, test } from 'vitest'
import { aGroup, aPolicy, aUser } from '../samples.ts'
import type { StoreHarness } from '../store-contract.ts'

export const peopleContract = (its: () => StoreHarness): void => {
  describe('people, policies, settings', () => {
    test('a user comes back as stored, with the groups', async () => {
      const policy = aPolicy()
      const second = aPolicy()
      await its().addPolicy(policy)
      await its().addPolicy(second)
      const staff = aGroup({ name: 'A staff', assignments: { INITIAL: [second.id, policy.id], UPDATE: [policy.id] } })
      const guests = aGroup({ name: 'B guests' })
      await its().addGroup(staff)
      await its().addGroup(guests)
      const user = aUser({
        groupIds: [staff.id, guests.id].sort(),
        email: 'ada@example.org',
        upn: 'ada@corp.example',
        sid: 'S-1-5-21-1-2-3-1001',
        department: 'Analytical engines',
        role: 'HELP_DESK',
      })
      await its().addUser(user)
      await its().store.transaction(async tx => {
        expect(await tx.users.get(user.id)).toEqual(user)
        expect(await tx.groups.ofUser(user.id)).toEqual([staff, guests])
      })
    })

    test('who does not exist is null, also by an id that could not be one', async () => {
      await its().store.transaction(async tx => {
        expect(await tx.users.get(randomUUID())).toBeNull()
        expect(await tx.users.get('nobody')).toBeNull()
        expect(await tx.groups.ofUser('nobody')).toEqual([])
        expect(await tx.policies.get('nothing')).toBeNull()
        expect(await tx.devices.get('nothing')).toBeNull()
        expect(await tx.issuances.get('nothing')).toBeNull()
      })
    })

    test('a policy is read in any version; without one, the newest', async () => {
      const first = aPolicy()
      const next = { ...first, version: 2, note: 'second', content: { ...first.content, name: 'Renamed' } }
      const other = aPolicy()
      for (const policy of [first, next, other]) await its().addPolicy(policy)
      await its().store.transaction(async tx => {
        expect(await tx.policies.get(first.id, 1)).toEqual(first)
        expect(await tx.policies.get(first.id)).toEqual(next)
        expect(await tx.policies.get(first.id, 3)).toBeNull()
        expect(await tx.policies.newest([other.id, randomUUID(), first.id])).toEqual([other, next])
        expect(await tx.policies.newest([])).toEqual([])
      })
    })

    test('security settings are the defaults until somebody changes them', async () => {
      expect(await its().store.transaction(tx => tx.settings.security())).toEqual(defaultSecuritySettings)
    })
  })
}
