import { createRelayGateway } from '@cardwright/adapters/card-gateway'
import { recycleDevice } from '@cardwright/core'
import { createChannelPair, runFarEnd } from '@cardwright/relay'
import { expect, test } from 'vitest'
import { createGuard } from '../../apps/client/src/allow-list/guard.ts'
import { issue } from './issue.ts'
import { blankCard, createWorld, operator, READER } from './world.ts'

// The workstation's client lets through what an issuer needs: a failed issuance, recycling and a whole issuance.
const CARDS = [
  ['YubiKey 5.7', 'yubikey-5.7', {}],
  ['YubiKey 5.2', 'yubikey-5.2', {}],
  ['plain PIV card', 'sp800-73', {}],
  ['Nitrokey', 'yubikey-5.2', { speaksLikeNitrokey: true }],
] as const

test.each(CARDS)('a %s is recycled and issued behind it', async (_, model, quirks) => {
  const world = await createWorld()
  const [near, far] = createChannelPair()
  const guard = createGuard(world.readers)
  const refusals: string[] = []
  const farEnd = runFarEnd(far, guard.readers, {
    refuse: (script, connection) => {
      const reason = guard.refuse(script, connection)
      if (reason !== undefined) refusals.push(reason)
      return reason
    },
  })
  const ports = world.portsWith({ gateway: createRelayGateway(near, { keep: farEnd.keep }) })
  const behindClient = { ...world, ports }
  const card = blankCard(model, undefined, undefined, { quirks })
  await world.insert(card)
  card.cutPowerAfter(9, 'after')
  expect(await issue(behindClient)).toMatchObject({ state: 'FAILED', error: { code: 'CARD_REMOVED' } })
  const place = { readerId: READER, insertion: await world.insert(card) }
  const recycled = await recycleDevice(ports, place, operator)
  if (!recycled.ok) throw new Error(recycled.code)
  expect((await recycled.value.finished).error).toBeNull()
  expect(await issue(behindClient)).toMatchObject({ state: 'COMPLETED', error: null })
  expect(refusals).toEqual([])
})
