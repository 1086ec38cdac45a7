import { writeChallenge } from '@cardwright/card'
import { answerUnblock, unlockPin } from '@cardwright/core'
import { describe, expect, test } from 'vitest'
import { deviceIn, exchange, helpDesk, onCard, place, stored } from '../../world/pins.ts'
import { createGate, gatedStore } from '../gates.ts'
import { MODELS, type Stage } from '../stage.ts'
import { checkUnlocked } from './pin-invariants.ts'
import { issuedStage, unlock } from './pin-jobs.ts'

/** Reading, the fresh PUK, the end: the transactions of an unlock. */
const FRESH = 2
const END = 3

/** An unlock on a server that stands still before one of its transactions. */
const stalled = async (stage: Stage, transaction: number) => {
  const gate = createGate()
  const ports = stage.server({ store: gatedStore(stage.watch, gate, transaction) })
  const ended = unlockPin(ports, {
    deviceId: deviceIn(stage.world).id,
    place: await place(stage.world),
    typed: { newPin: '592813' },
    by: helpDesk,
  })
  await gate.reached
  return { goOn: () => gate.open(), ended }
}

describe.each(MODELS)('%s, while one server stands still in an unlock', model => {
  test.each([FRESH, END])(
    'before its transaction %i, another one unlocks: the late one overwrites nothing',
    async at => {
      const stage = await issuedStage(model)
      const late = await stalled(stage, at)
      await exchange(stage.world, stage.card)
      expect(await unlock(stage, '840273')).toBeNull()
      late.goOn()
      expect(await late.ended).toMatchObject({ ok: false, code: 'IN_PROGRESS_ELSEWHERE' })
      await checkUnlocked(stage, '840273')
    },
  )

  test('before its end, the help desk answers a user: both work with the same PUK', async () => {
    const stage = await issuedStage(model)
    const late = await stalled(stage, END)
    const algorithm = deviceIn(stage.world).administrationKey?.algorithm ?? 'AES-256'
    const witness = new Uint8Array(algorithm === '3DES' ? 8 : 16)
    const challenge = writeChallenge({ algorithm, witness })
    const request = { deviceId: deviceIn(stage.world).id, challenge, by: helpDesk }
    expect(await answerUnblock(stage.server(), request)).toMatchObject({ ok: true })
    late.goOn()
    expect(await late.ended).toMatchObject({ ok: true })
    expect(await stored(stage.world)).toEqual({ 'PUK CURRENT': onCard(stage.card).puk })
  })

  test('before its fresh PUK is stored, the device ends: no PIN is set', async () => {
    const stage = await issuedStage(model)
    const late = await stalled(stage, FRESH)
    const { id } = deviceIn(stage.world)
    await stage.world.store.transaction(async tx => {
      const device = await tx.devices.get(id)
      if (device) await tx.devices.save({ ...device, state: 'TERMINATED', reason: 'LOST' })
    })
    late.goOn()
    expect(await late.ended).toMatchObject({ ok: false, code: 'WRONG_STATE' })
    expect(onCard(stage.card).pin).not.toBe('592813')
  })
})
