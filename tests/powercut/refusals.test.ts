import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { type Persistent, runVirtualCard, type VirtualCard } from '@cardwright/card-virtual'
import { cancelIssuance, type RefusalCode, type StartIssuance, startIssuance } from '@cardwright/core'
import { describe, expect, test } from 'vitest'
import { request } from '../world/issue.ts'
import { blankCard, operator, READER } from '../world/world.ts'
import { keyInSlot } from './invariants/certificates.ts'
import { checkInvariants, deviceOf } from './invariants/check-invariants.ts'
import { recycle, retry, start } from './jobs.ts'
import { arrange, MODELS, type Scenario, type Stage } from './stage.ts'

const random = (n: number) => new Uint8Array(randomBytes(n))

/** The same card after somebody changed what is in it. */
const changed = (card: VirtualCard, change: (piv: Persistent['piv']) => Partial<Persistent['piv']>): VirtualCard => {
  const state = card.state()
  return runVirtualCard({ ...state, piv: { ...state.piv, ...change(state.piv) } }, { random, now: () => new Date() })
}

const exchange = (stage: Stage, card: VirtualCard): Stage => {
  stage.world.readers.remove(READER)
  stage.world.readers.insert(READER, card)
  return { ...stage, card }
}

/** Refused at once, and as if nobody had ever asked. */
const refusedWithoutTrace = async (stage: Stage, code: RefusalCode, change: Partial<StartIssuance> = {}) => {
  const before = stage.card.state()
  const started = await startIssuance(stage.server(), await request(stage.world, change))
  expect(started).toMatchObject({ ok: false, code })
  const { devices, issuances, secrets, credentials } = stage.world.store.committed()
  expect([devices.size, issuances.size, secrets.size, credentials.size]).toEqual([0, 0, 0, 0])
  expect(stage.card.state()).toEqual(before)
}

const failedAfter = async (stage: Stage, effects: number): Promise<string> => {
  stage.card.cutPowerAfter(effects, 'after')
  const failed = await start(stage, stage.server())
  if (typeof failed === 'string' || failed.state !== 'FAILED') throw new Error('it should have failed')
  return failed.id
}

describe.each(MODELS)('%s', model => {
  const scenario: Scenario = { kind: 'ISSUE' }

  test('another card in place of the one that was pulled is CARD_EXCHANGED, even with the same CHUID', async () => {
    const stage = await arrange(model, scenario)
    const id = await failedAfter(stage, 12)
    const chuid = stage.card.state().piv.objects['5FC102'] ?? new Uint8Array()
    const other = blankCard(model, 77)
    const impostor = changed(other, piv => ({ objects: { ...piv.objects, '5FC102': chuid } }))
    for (const card of [other, impostor]) {
      const before = card.state()
      const elsewhere = exchange(stage, card)
      expect(await retry(elsewhere, elsewhere.server(), id)).toBe('CARD_EXCHANGED')
      expect(card.state()).toEqual(before)
    }
    const back = exchange(stage, stage.card)
    expect(await retry(back, back.server(), id)).toMatchObject({ state: 'COMPLETED' })
    await checkInvariants(stage, 'issued')
  })

  test('a key that a stranger put into a slot between two attempts is never certified', async () => {
    const arranged = await arrange(model, scenario)
    const effects = arranged.card.effects()
    const rehearsal = await arrange(model, scenario)
    await start(rehearsal, rehearsal.server())
    // Just before the last change, so that every key is known and certified.
    const id = await failedAfter(arranged, rehearsal.card.effects() - effects - 1)
    const pkcs8 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'der', type: 'pkcs8' })
    const tampered = changed(arranged.card, ({ keys }) => {
      const known = keys['9A']
      return known ? { keys: { ...keys, '9A': { ...known, pkcs8 } } } : {}
    })
    const stage = exchange(arranged, tampered)
    const strange = keyInSlot(stage, '9A')
    expect(await retry(stage, stage.server(), id)).toMatchObject({ state: 'COMPLETED' })
    expect(keyInSlot(stage, '9A')).not.toEqual(strange)
    await checkInvariants(stage, 'issued')
  })

  test('a card that is issued already, to this user or to somebody else, is refused', async () => {
    const stage = await arrange(model, scenario)
    expect(await start(stage, stage.server())).toMatchObject({ state: 'COMPLETED' })
    expect(await start(stage, stage.server())).toBe('CARD_ALREADY_ISSUED')
    stage.world.store.addUser({ ...stage.world.user, id: 'somebody-else', loginName: 'else' })
    const wanted = await request(stage.world, { userId: 'somebody-else' })
    expect(await startIssuance(stage.server(), wanted)).toMatchObject({
      ok: false,
      code: 'CARD_ISSUED_TO_OTHER',
      params: { user: stage.world.user.displayName },
    })
    expect(await recycle(stage, stage.server())).toBe('WRONG_STATE')
    await checkInvariants(stage, 'issued')
  })

  test('a card with a foreign administration key fails untouched, and Cancel leaves it AVAILABLE', async () => {
    const arranged = await arrange(model, scenario)
    const foreign = changed(arranged.card, ({ administrationKey }) => ({
      administrationKey: { ...administrationKey, key: random(administrationKey.key.length) },
    }))
    const stage = exchange(arranged, foreign)
    const before = foreign.state()
    const failed = await start(stage, stage.server())
    expect(failed).toMatchObject({ state: 'FAILED', error: { code: 'CARD_FOREIGN_ADMINISTRATION_KEY' } })
    expect(foreign.state()).toEqual(before)
    const id = typeof failed === 'string' ? '' : failed.id
    expect(await cancelIssuance(stage.server(), id, operator)).toMatchObject({ ok: true })
    expect(deviceOf(stage)).toMatchObject({ state: 'AVAILABLE', reason: 'NONE', userId: null })
    expect(stage.world.store.committed().secrets.size).toBe(0)
  })

  test('a blocked PIN is lifted by the issuance', async () => {
    const arranged = await arrange(model, scenario)
    const stage = exchange(
      arranged,
      changed(arranged.card, ({ pin }) => ({ pin: { ...pin, left: 0 } })),
    )
    expect(await start(stage, stage.server())).toMatchObject({ state: 'COMPLETED' })
    await checkInvariants(stage, 'issued')
  })

  test('a blocked PUK is told as such; a card with reset comes back by recycling', async () => {
    const arranged = await arrange(model, scenario)
    const blocked = changed(arranged.card, ({ puk, pin }) => ({ puk: { ...puk, left: 0 }, pin: { ...pin, left: 0 } }))
    const stage = exchange(arranged, blocked)
    const end = await start(stage, stage.server())
    // Only a card with metadata can tell before anything is bound to it.
    if (model === 'yubikey-5.7') expect(end).toBe('CARD_PUK_BLOCKED')
    else expect(end).toMatchObject({ state: 'FAILED', error: { code: 'CARD_PUK_BLOCKED' } })
    const recycled = await recycle(stage, stage.server())
    if (model === 'sp800-73') expect(recycled).toMatchObject({ state: 'FAILED', error: { code: 'CARD_PUK_BLOCKED' } })
    else {
      expect(recycled).toMatchObject({ state: 'COMPLETED' })
      await checkInvariants(stage, 'blank')
    }
  })

  test('a policy that the card cannot hold is refused before anything is bound', async () => {
    const slot = { slot: '9A', profile: 'piv-authentication', algorithms: ['RSA-4096'], validityDays: 365 } as const
    const stage = await arrange(model, {
      ...scenario,
      policy: { slots: [{ ...slot, pinPolicy: 'DEFAULT', touchPolicy: 'DEFAULT' }] },
    })
    if (model === 'yubikey-5.7') expect(await start(stage, stage.server())).toMatchObject({ state: 'COMPLETED' })
    else await refusedWithoutTrace(stage, 'POLICY_NEEDS_ALGORITHM')
  })

  test('a PIN that breaks a rule, is missing, or was not asked for is refused', async () => {
    const entered: Scenario = { ...scenario, settings: { pinDisplayMode: 'DISPLAYED' } }
    await refusedWithoutTrace(await arrange(model, entered), 'PIN_BREAKS_RULES', { pin: '111111' })
    await refusedWithoutTrace(await arrange(model, entered), 'PIN_MISSING')
    await refusedWithoutTrace(await arrange(model, scenario), 'PIN_NOT_EXPECTED', { pin: '592813' })
  })

  test('a disabled user gets no device', async () => {
    const stage = await arrange(model, scenario)
    stage.world.store.addUser({ ...stage.world.user, status: 'DISABLED' })
    await refusedWithoutTrace(stage, 'USER_DISABLED')
  })
})
