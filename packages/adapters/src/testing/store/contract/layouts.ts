import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { aGroup, aLayout, aUser } from '../samples.ts'
import type { StoreHarness } from '../store-contract.ts'

export const layoutsContract = (its: () => StoreHarness): void => {
  describe('layouts and photos', () => {
    test('P-3: a layout is read in any version; without one, the newest', async () => {
      const first = aLayout()
      const next = { ...first, version: 2, note: 'second', content: { ...first.content, name: 'Renamed' } }
      const other = aLayout()
      for (const layout of [first, next, other]) await its().addLayout(layout)
      await its().store.transaction(async tx => {
        expect(await tx.layouts.get(first.id, 1)).toEqual(first)
        expect(await tx.layouts.get(first.id)).toEqual(next)
        expect(await tx.layouts.get(first.id, 3)).toBeNull()
        expect(await tx.layouts.get('nothing')).toBeNull()
        expect(await tx.layouts.newest([other.id, randomUUID(), first.id])).toEqual([other, next])
        expect(await tx.layouts.newest([])).toEqual([])
      })
    })

    test('P-3: a group comes with its layouts, by issuance type and in order', async () => {
      const [one, two] = [aLayout(), aLayout()]
      await its().addLayout(one)
      await its().addLayout(two)
      const group = aGroup({ layouts: { INITIAL: [two.id, one.id], UPDATE: [one.id] } })
      await its().addGroup(group)
      const user = aUser({ groupIds: [group.id], language: 'cs' })
      await its().addUser(user)
      await its().store.transaction(async tx => {
        expect(await tx.groups.ofUser(user.id)).toEqual([group])
        expect(await tx.users.get(user.id)).toEqual(user)
      })
    })

    test('P-8: a photo is the bytes that were stored; who has none has null', async () => {
      const [user, without] = [aUser(), aUser()]
      await its().addUser(user)
      await its().addUser(without)
      await its().addPhoto(user.id, Uint8Array.of(0xff, 0xd8, 0, 255))
      await its().store.transaction(async tx => {
        expect(await tx.photos.ofUser(user.id)).toEqual(Uint8Array.of(0xff, 0xd8, 0, 255))
        expect(await tx.photos.ofUser(without.id)).toBeNull()
        expect(await tx.photos.ofUser('nobody')).toBeNull()
      })
    })
  })
}
