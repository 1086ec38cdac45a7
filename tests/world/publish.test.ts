import { changeDevice, type OutboxMessage } from '@cardwright/core'
import { expect, test } from 'vitest'
import { issue } from './issue.ts'
import { blankCard, createWorld, operator, type World } from './world.ts'

const isForDirectory = (message: OutboxMessage) => message.kind.startsWith('directory.')
const told = (world: World) => world.store.committed().outbox.filter(isForDirectory)

const published = async (profiles: (names: readonly string[]) => readonly string[]) => {
  const world = await createWorld()
  await world.insert(blankCard('yubikey-5.7'))
  const names = world.policy.content.slots.map(slot => slot.profile)
  world.store.setPublishedProfiles(profiles(names))
  const done = await issue(world)
  expect(done.state, JSON.stringify(done.error)).toBe('COMPLETED')
  const device = () => {
    const found = world.store.committed().devices.get(done.deviceId)
    if (!found) throw new Error('no device')
    return found
  }
  const change = async (change: Parameters<typeof changeDevice>[1]['change']) => {
    const { id, version } = device()
    const outcome = await changeDevice(world.ports, { deviceId: id, version, change, by: operator })
    if (!outcome.ok) throw new Error(outcome.code)
  }
  const credentials = [...world.store.committed().credentials.values()]
  return { world, names, credentials, change, userId: world.user.id }
}

test('where publishing is off the directory is told nothing', async () => {
  const { world, change } = await published(() => [])
  await change({ change: 'suspend', note: '' })
  expect(told(world)).toEqual([])
})

test('certificates of the chosen profiles are published with the issue, withdrawn and published again with hold and resume', async () => {
  const { world, names, credentials, change, userId } = await published(all => all.slice(0, 1))
  const ids = credentials.filter(credential => credential.profile === names[0]).map(credential => credential.id)
  expect(ids.length).toBeGreaterThan(0)
  expect(ids.length).toBeLessThan(credentials.length)
  const publications = ids.map(credentialId => ({ kind: 'directory.publish', userId, credentialId }))
  expect(told(world)).toEqual(publications)

  await change({ change: 'suspend', note: '' })
  const withdrawn = credentials.map(({ id }) => ({ kind: 'directory.withdraw', userId, credentialId: id }))
  expect(told(world).slice(ids.length)).toEqual(expect.arrayContaining(withdrawn))
  const before = told(world).length
  await change({ change: 'resume', note: '' })
  expect(told(world).slice(before)).toEqual(publications)
})

test('terminating withdraws what was published', async () => {
  const { world, credentials, change, userId } = await published(all => all)
  await change({ change: 'terminate', reason: 'DAMAGED', note: '' })
  const withdrawn = credentials.map(({ id }) => ({ kind: 'directory.withdraw', userId, credentialId: id }))
  expect(told(world).slice(-credentials.length)).toEqual(expect.arrayContaining(withdrawn))
})
