import type { GroupScope } from '@cardwright/adapters/db'
import { createMemoryStore, sample } from '@cardwright/adapters/testing'
import { findDevice, type IssuancePorts } from '@cardwright/core'
import { expect, test } from 'vitest'
import { portsWithin } from './scoped-ports.ts'

const groups = { inside: sample.aGroup(), outside: sample.aGroup() }

const world = async () => {
  const store = createMemoryStore()
  for (const group of Object.values(groups)) store.addGroup(group)
  const deviceOf = async (groupId: string | null) => {
    const user = groupId === null ? null : sample.aUser({ groupIds: [groupId] })
    if (user) store.addUser(user)
    const device = sample.aDevice(user ? { state: 'ASSIGNED', userId: user.id } : {})
    await store.transaction(tx => tx.devices.save(device))
    return device
  }
  const devices = {
    inside: await deviceOf(groups.inside.id),
    outside: await deviceOf(groups.outside.id),
    blank: await deviceOf(null),
  }
  /** What a flow finds when it asks whose the opened card is. */
  const found = (scope: GroupScope, identity: string) =>
    portsWithin({ store } as unknown as IssuancePorts, scope).store.transaction(
      async tx => (await findDevice(tx, { identity, guid: null }))?.id,
    )
  return { devices, found }
}

test('a flow finds cards of the own groups, blank ones and unknown ones; the card of somebody outside is NOT_FOUND', async () => {
  const { devices, found } = await world()
  const own: GroupScope = { groupIds: [groups.inside.id] }
  for (const device of [devices.inside, devices.blank]) expect(await found(own, device.identity)).toBe(device.id)
  expect(await found(own, 'serial:never seen')).toBeUndefined()
  await expect(found(own, devices.outside.identity)).rejects.toMatchObject({ refusal: { code: 'NOT_FOUND' } })
  await expect(found({ groupIds: [] }, devices.inside.identity)).rejects.toMatchObject({
    refusal: { code: 'NOT_FOUND' },
  })
  expect(await found('ALL', devices.outside.identity)).toBe(devices.outside.id)
})
