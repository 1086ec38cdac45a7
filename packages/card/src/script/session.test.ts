import { expect, expectTypeOf, test } from 'vitest'
import { CardDataError, CardStatusError } from '../errors.ts'
import { getDataIfPresent } from '../piv/commands/get-data.ts'
import { verifyPin, verifyTypedPin } from '../piv/commands/verify.ts'
import type { FirmwareVersion } from '../yubico/firmware-version.ts'
import { readSerial } from '../yubico/serial.ts'
import { readVersion } from '../yubico/version.ts'
import { attempt } from './attempt.ts'
import { encodeScript } from './encode-script.ts'
import type { Script, ScriptResult } from './script.ts'
import { createSession } from './session.ts'

function sessionWith(result: ScriptResult) {
  const scripts: Script[] = []
  const session = createSession({
    async run(script) {
      scripts.push(script)
      return result
    },
  })
  return { session, scripts }
}

const version = { data: '050701', sw: '9000' }
const serial = { data: 'FFFFFFFE', sw: '9000' }

test('all commands travel as one message and each has its typed result', async () => {
  const { session, scripts } = sessionWith({ results: [version, serial], apdus: 2 })
  const results = await session.run(readVersion(), readSerial())
  expectTypeOf(results).toEqualTypeOf<readonly [FirmwareVersion, number]>()
  expect(results).toEqual([{ major: 5, minor: 7, patch: 1 }, 4_294_967_294])
  expect(scripts).toEqual([encodeScript([readVersion(), readSerial()])])
  expect(session.stats).toEqual({ roundTrips: 1, apdus: 2 })
})

test('no command is no message', async () => {
  const { session } = sessionWith({ results: [], apdus: 0 })
  expect(await session.run()).toEqual([])
  expect(session.stats.roundTrips).toBe(0)
})

test('a refused status names command, word, tries left and place', async () => {
  const { session } = sessionWith({
    results: [version, { data: '', sw: '63C2' }],
    stopped: { step: 1, kind: 'status' },
    apdus: 2,
  })
  const error = await session.run(readVersion(), verifyPin('123456'), readSerial()).catch(e => e)
  expect(error).toBeInstanceOf(CardStatusError)
  expect(error).toMatchObject({
    code: 'CARD_STATUS',
    command: 'piv.verify',
    sw: 0x63c2,
    attemptsRemaining: 2,
    stoppedAt: { step: 1, command: 'piv.verify', results: 1 },
  })
  expect(error.message).toBe('piv.verify: the card answered 63C2 (verification failed, tries are left)')
})

test.each([
  ['card-removed', 'CARD_REMOVED'],
  ['reader-lost', 'READER_LOST'],
] as const)('%s is %s, with the place (I-13)', async (kind, code) => {
  const { session } = sessionWith({ results: [version], stopped: { step: 1, kind }, apdus: 1 })
  const run = session.run(readVersion(), readSerial())
  await expect(run).rejects.toMatchObject({ code, stoppedAt: { step: 1, command: 'yubico.read-serial', results: 1 } })
})

test('a refusal of the far end carries its reason', async () => {
  const { session } = sessionWith({ results: [], stopped: { step: 0, kind: 'refused', reason: 'no' }, apdus: 0 })
  await expect(session.run(readSerial())).rejects.toMatchObject({
    code: 'SCRIPT_REFUSED',
    message: expect.stringContaining('no'),
  })
})

test('tryRun gives the decoded part and the stop (I-17)', async () => {
  const { session } = sessionWith({ results: [version], stopped: { step: 1, kind: 'card-removed' }, apdus: 1 })
  const outcome = await session.tryRun(readVersion(), readSerial())
  expectTypeOf(outcome.results[0]).toEqualTypeOf<FirmwareVersion | undefined>()
  expect(outcome).toMatchObject({
    results: [{ major: 5, minor: 7, patch: 1 }],
    accepted: 1,
    stop: { step: 1, command: 'yubico.read-serial', kind: 'card-removed', error: { code: 'CARD_REMOVED' } },
  })
})

test('a malformed answer stops there, though later steps had their effect', async () => {
  const { session } = sessionWith({ results: [{ data: '05', sw: '9000' }, serial], apdus: 2 })
  const outcome = await session.tryRun(readVersion(), readSerial())
  expect(outcome).toMatchObject({ results: [], accepted: 2, stop: { step: 0, kind: 'data' } })
  expect(outcome.stop?.error).toBeInstanceOf(CardDataError)
})

test.each<[string, ScriptResult]>([
  ['too few results', { results: [version], apdus: 1 }],
  ['too many results', { results: [version, serial, serial], apdus: 3 }],
  ['a status that the step refuses', { results: [version, { data: '', sw: '6D00' }], apdus: 2 }],
  [
    'a stop at a step that is none',
    { results: [version, serial], stopped: { step: 2, kind: 'card-removed' }, apdus: 2 },
  ],
  ['a stop before its results', { results: [version, serial], stopped: { step: 0, kind: 'card-removed' }, apdus: 2 }],
  ['a negative stop', { results: [], stopped: { step: -1, kind: 'status' }, apdus: 2 }],
  ['a refused status that is accepted', { results: [version, serial], stopped: { step: 1, kind: 'status' }, apdus: 2 }],
  ['a status word that is none', { results: [version, { data: '', sw: '90' }], apdus: 2 }],
  ['data that are not hex', { results: [version, { data: 'zz', sw: '9000' }], apdus: 2 }],
])('a far end that answers %s is CARD_DATA', async (_, result) => {
  const { session } = sessionWith(result)
  await expect(session.run(readVersion(), readSerial())).rejects.toBeInstanceOf(CardDataError)
})

test('attempt never stops a script', async () => {
  const results = [{ data: '', sw: '6D00' }, { data: '01', sw: '9000' }, serial, { data: '', sw: '6A82' }]
  const { session } = sessionWith({ results, apdus: 4 })
  const answers = await session.run(
    attempt(readSerial()),
    attempt(readVersion()),
    attempt(readSerial()),
    attempt(getDataIfPresent(0x5fc102)),
  )
  expect(answers).toEqual([
    { ok: false, sw: 0x6d00, malformed: false },
    { ok: false, sw: 0x9000, malformed: true },
    { ok: true, sw: 0x9000, value: 4_294_967_294 },
    { ok: true, sw: 0x6a82, value: undefined },
  ])
})

test('a script is plain data: hex, accepted words, gaps by offset, the secret mark', () => {
  expect(encodeScript([{ ...verifyTypedPin(), progress: 'pin' }])).toEqual({
    steps: [
      {
        command: 'piv.verify',
        progress: 'pin',
        apdus: ['0020008008FFFFFFFFFFFFFFFF'],
        accept: ['9000'],
        gaps: [{ name: 'pin', offset: 5, encoding: 'pin8' }],
        secret: true,
      },
    ],
  })
})

test('a changed framing holds for the next script', async () => {
  const { session, scripts } = sessionWith({ results: [{ data: '', sw: '9000' }], apdus: 1 })
  const long = { name: 'long', apdu: { cla: 0, ins: 0xdb, p1: 0, p2: 0, data: new Uint8Array(300) }, decode: () => 0 }
  await session.run(long)
  session.framing = { kind: 'extended', maxApdu: 3062 }
  await session.run(long)
  expect(scripts.map(script => script.steps[0]?.apdus.length)).toEqual([2, 1])
})
