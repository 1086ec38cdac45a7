import { beginUnblock, createLocalRunner, createSession, finishUnblock } from '@cardwright/card'
import { createPcscReaders } from '@cardwright/card-pcsc'
import { answerUnblock, unlockPin } from '@cardwright/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { helpDesk, stored } from '../world/pins.ts'
import { canRun, run, type ToolResult } from './foreign-tools.ts'
import { type Desk, openDesk, policyWith } from './issued-card.ts'

// yubico-piv-tool judges what our unlocks leave on a card that it reaches over pcscd, as any program of its user would.

describe.runIf(canRun('yubico-piv-tool'))('an issued YubiKey whose PIN was set anew', () => {
  let desk: Desk
  let initial: string
  beforeAll(async () => {
    desk = await openDesk({ model: 'yubikey-5.7', serial: 20_571_044, policy: policyWith('P-256') })
    initial = await desk.issue()
  })
  afterAll(async () => desk?.close())

  const yubico = (...args: string[]): Promise<ToolResult> =>
    run('yubico-piv-tool', ['-r', desk.attached.reader, ...args])
  const takes = async (pin: string): Promise<boolean> => (await yubico('-a', 'verify-pin', '-P', pin)).code === 0
  const unblocks = async (puk: string, pin: string): Promise<boolean> =>
    (await yubico('-a', 'unblock-pin', '-P', puk, '-N', pin)).code === 0

  it('at a reader: takes the new PIN and not the old, and the PUK that is stored now', async () => {
    const before = (await stored(desk.world))['PUK CURRENT'] ?? ''
    for (let i = 0; i < 5; i++) expect(await takes('000001')).toBe(false)
    expect(await takes(initial)).toBe(false)
    const done = await desk.atReader((ports, insertion) =>
      unlockPin(ports, {
        deviceId: desk.device().id,
        place: { readerId: desk.attached.reader, insertion },
        typed: { newPin: '592813' },
        by: helpDesk,
      }),
    )
    expect(done).toMatchObject({ ok: true })
    expect(await takes('592813')).toBe(true)
    expect(await takes(initial)).toBe(false)
    expect(await unblocks(before, '111222')).toBe(false)
    expect(await unblocks((await stored(desk.world))['PUK CURRENT'] ?? '', '730518')).toBe(true)
    expect(await takes('730518')).toBe(true)
  })

  it('from afar: the same, with nothing between help desk and card but two texts', async () => {
    for (let i = 0; i < 5; i++) expect(await takes('000001')).toBe(false)
    const readers = createPcscReaders()
    try {
      const connection = await readers.connect(desk.attached.reader)
      try {
        const session = createSession(createLocalRunner(connection))
        const { challengeText, state } = await beginUnblock(session, connection.atr)
        const request = { deviceId: desk.device().id, challenge: challengeText, by: helpDesk }
        const answered = await answerUnblock(desk.world.ports, request)
        if (!answered.ok) throw new Error(answered.code)
        expect(await finishUnblock(session, state, answered.value.answer, '840273')).toEqual({ pukChanged: true })
        await connection.reset()
      } finally {
        await connection.close()
      }
    } finally {
      await readers.close()
    }
    expect(await takes('840273')).toBe(true)
    expect(await takes('730518')).toBe(false)
    const { 'PUK CURRENT': before = '', 'PUK PENDING': fresh = '' } = await stored(desk.world)
    expect(await unblocks(before, '111222')).toBe(false)
    expect(await unblocks(fresh, '592813')).toBe(true)
    expect(await takes('592813')).toBe(true)
  })
})
