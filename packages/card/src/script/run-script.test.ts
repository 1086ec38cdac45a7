import { expect, test } from 'vitest'
import { ANY_STATUS } from '../apdu/status-words.ts'
import { bytesToHex, hexToBytes } from '../bytes.ts'
import { CardError } from '../errors.ts'
import type { ApduTransport } from '../transport.ts'
import { SCRIPT_LIMITS } from './check-script.ts'
import { runScript } from './run-script.ts'
import type { ScriptStep } from './script.ts'

/** Answers from a fixed conversation and fails on any APDU that is not in it. */
function conversation(...exchanges: readonly (readonly [command: string, answer: string | CardError])[]) {
  const sent: string[] = []
  const transport: ApduTransport = {
    async transmit(apdu) {
      const [command, answer] = exchanges[sent.length] ?? []
      sent.push(bytesToHex(apdu))
      if (command !== sent.at(-1) || answer === undefined) throw new Error(`unexpected APDU ${sent.at(-1)}`)
      if (typeof answer !== 'string') throw answer
      return hexToBytes(answer)
    },
  }
  return { transport, sent }
}

const step = (...apdus: string[]): ScriptStep => ({ command: 'test', apdus, accept: ['9000'] })

test('steps run in order and answers come back in order', async () => {
  const card = conversation(['00FD0000', '0507009000'], ['00F80000', '000000019000'])
  const result = await runScript(card.transport, { steps: [step('00FD0000'), step('00F80000')] })
  expect(result).toEqual({
    results: [
      { data: '050700', sw: '9000' },
      { data: '00000001', sw: '9000' },
    ],
    apdus: 2,
  })
})

test('61xx is followed by GET RESPONSE and the parts are joined (ISO 7816-4 §5.3.4)', async () => {
  const card = conversation(['00CB3FFF00', 'AA6103'], ['00C0000003', 'BBCCDD6100'], ['00C0000000', 'EE9000'])
  const result = await runScript(card.transport, { steps: [step('00CB3FFF00')] })
  expect(result).toEqual({ results: [{ data: 'AABBCCDDEE', sw: '9000' }], apdus: 3 })
})

test('6Cxx repeats with the right Le, once (ISO 7816-4 §5.1.3)', async () => {
  const card = conversation(['00FD0000', '6C03'], ['00FD000003', '0507009000'])
  expect(await runScript(card.transport, { steps: [step('00FD0000')] })).toMatchObject({
    results: [{ data: '050700' }],
  })
  const stubborn = conversation(['00FD000000', '6C03'], ['00FD000003', '6C03'])
  const result = await runScript(stubborn.transport, { steps: [step('00FD000000')] })
  expect(result).toEqual({ results: [{ data: '', sw: '6C03' }], stopped: { step: 0, kind: 'status' }, apdus: 2 })
})

test('6C00 on an extended APDU asks for 256 bytes', async () => {
  const card = conversation(['00CB3FFF0000010A0000', '6C00'], ['00CB3FFF0000010A0100', '9000'])
  expect(await runScript(card.transport, { steps: [step('00CB3FFF0000010A0000')] })).toMatchObject({ apdus: 2 })
})

test('a refused block ends its chain and the script', async () => {
  const card = conversation(['10DB3FFF0101', '6A84'])
  const result = await runScript(card.transport, { steps: [step('10DB3FFF0101', '00DB3FFF0102'), step('00FD0000')] })
  expect(result).toEqual({ results: [{ data: '', sw: '6A84' }], stopped: { step: 0, kind: 'status' }, apdus: 1 })
})

test('a tolerant step goes on', async () => {
  const card = conversation(['00F80000', '6D00'], ['00FD0000', '9000'])
  const result = await runScript(card.transport, {
    steps: [{ ...step('00F80000'), accept: [ANY_STATUS] }, step('00FD0000')],
  })
  expect(result.stopped).toBeUndefined()
  expect(result.results.map(r => r.sw)).toEqual(['6D00', '9000'])
})

test.each([
  ['CARD_REMOVED', { kind: 'card-removed' }],
  ['CARD_EXCHANGED', { kind: 'card-removed' }],
  ['READER_LOST', { kind: 'reader-lost' }],
  ['CARD_IN_USE', { kind: 'refused', reason: 'gone' }],
] as const)('%s of the transport stops the script (I-17)', async (code, cause) => {
  const card = conversation(['00FD0000', '9000'], ['00F80000', new CardError(code, 'gone')])
  const result = await runScript(card.transport, { steps: [step('00FD0000'), step('00F80000')] })
  expect(result).toEqual({ results: [{ data: '', sw: '9000' }], stopped: { step: 1, ...cause }, apdus: 2 })
})

test('a defect of the transport is not hidden', async () => {
  await expect(runScript(conversation().transport, { steps: [step('00FD0000')] })).rejects.toThrow('unexpected APDU')
})

const pinStep: ScriptStep = {
  ...step('0024008010FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF'),
  gaps: [
    { name: 'pin', offset: 5, encoding: 'pin8' },
    { name: 'newPin', offset: 13, encoding: 'pin8' },
  ],
}

test('gaps are filled from what the holder typed', async () => {
  const card = conversation(['0024008010313233343536FFFF3837363534333231', '9000'])
  const gapValues = { pin: '123456', newPin: '87654321' }
  expect(await runScript(card.transport, { steps: [pinStep] }, undefined, gapValues)).toMatchObject({ apdus: 1 })
})

test.each([{}, { pin: '123456' }, { pin: '12345A', newPin: '123456' }, { pin: '123456789', newPin: '123456' }])(
  'a gap without a good value sends nothing, not even the steps before (%o)',
  async gapValues => {
    const card = conversation(['00FD0000', '9000'])
    const result = await runScript(card.transport, { steps: [step('00FD0000'), pinStep] }, undefined, gapValues)
    expect(result).toMatchObject({ results: [], stopped: { step: 0, kind: 'refused' }, apdus: 0 })
    expect(JSON.stringify(result)).not.toContain('12345')
  },
)

test.each([
  ['no APDU', step()],
  ['odd hex', step('00FD000')],
  ['a short APDU', step('00FD00')],
  ['an APDU above 64 KiB', step('00'.repeat(SCRIPT_LIMITS.apduLength + 1))],
  ['too many blocks', step(...Array<string>(SCRIPT_LIMITS.apdusPerStep + 1).fill('10DB3FFF'))],
  ['a wrong pattern', { ...step('00FD0000'), accept: ['90'] }],
  ['a gap in the header', { ...pinStep, gaps: [{ name: 'pin', offset: 4, encoding: 'pin8' }] } as ScriptStep],
  ['a gap behind the end', { ...pinStep, gaps: [{ name: 'pin', offset: 14, encoding: 'pin8' }] } as ScriptStep],
])('a script with %s is refused as a whole', async (_, bad) => {
  const card = conversation()
  const result = await runScript(card.transport, { steps: [step('00FD0000'), bad] }, undefined, { pin: '123456' })
  expect(result).toMatchObject({ results: [], stopped: { step: 0, kind: 'refused' }, apdus: 0 })
})

test.each([
  ['PUT DATA', '00DB3FFF0F5C035FC10953088000000000000000', 12],
  ['GENERAL AUTHENTICATE', '008707810C7C0A8108FFFFFFFFFFFFFFFF', 9],
  ['SELECT', '00A4040008FFFFFFFFFFFFFFFF', 5],
  ['VERIFY of another reference', '0020008108FFFFFFFFFFFFFFFF', 5],
  ['a chained VERIFY', '1020008008FFFFFFFFFFFFFFFF', 5],
  ['VERIFY, beside its field', '002000800AFFFFFFFFFFFFFFFFFFFF', 6],
])('I-7: a PIN is not written into %s, from where the server could have it', async (_, apdu, offset) => {
  const gap = { ...step(apdu), gaps: [{ name: 'pin', offset, encoding: 'pin8' }] } as ScriptStep
  const chained = { ...pinStep, apdus: ['10DB3FFF0101', ...pinStep.apdus] }
  for (const bad of [gap, chained]) {
    const card = conversation()
    const result = await runScript(card.transport, { steps: [bad] }, undefined, { pin: '123456', newPin: '123456' })
    expect(result).toMatchObject({ results: [], stopped: { step: 0, kind: 'refused' }, apdus: 0 })
  }
})

test('too many steps are refused', async () => {
  const steps = Array<ScriptStep>(SCRIPT_LIMITS.steps + 1).fill(step('00FD0000'))
  expect(await runScript(conversation().transport, { steps })).toMatchObject({ stopped: { kind: 'refused' }, apdus: 0 })
})

test.each([
  ['never ends', '6100', SCRIPT_LIMITS.getResponses + 1],
  ['is longer than 64 KiB', `${'00'.repeat(256)}6100`, 257],
])('an answer that %s is cut off', async (_, answer, apdus) => {
  const transport = { transmit: async () => hexToBytes(answer) }
  const result = await runScript(transport, { steps: [step('00CB3FFF00')] })
  expect(result).toMatchObject({ results: [], stopped: { step: 0, kind: 'refused' }, apdus })
})

test('a card that fills every answer is stopped before the whole is longer than a message of the relay', async () => {
  let left = 0
  const transport = {
    transmit: async (apdu: Uint8Array) => {
      left = apdu[1] === 0xcb ? 255 : left - 1
      return hexToBytes(`${'00'.repeat(256)}${left > 0 ? '6100' : '9000'}`)
    },
  }
  const result = await runScript(transport, { steps: Array<ScriptStep>(60).fill(step('00CB3FFF00')) })
  expect(result).toMatchObject({ stopped: { step: 13, kind: 'refused' } })
  expect(JSON.stringify(result).length).toBeLessThan(2 * 1024 * 1024)
})

test('an answer without status word is refused', async () => {
  const transport = { transmit: async () => Uint8Array.of(0x90) }
  expect(await runScript(transport, { steps: [step('00FD0000')] })).toMatchObject({ stopped: { kind: 'refused' } })
})

test('progress is told at the start of each step', async () => {
  const card = conversation(['00FD0000', '9000'], ['00F80000', '6D00'])
  const events: unknown[] = []
  const steps = [{ ...step('00FD0000'), progress: 'reading' }, step('00F80000'), step('00FD0000')]
  await runScript(card.transport, { steps }, event => events.push(event))
  expect(events).toEqual([
    { step: 0, steps: 3, progress: 'reading' },
    { step: 1, steps: 3 },
  ])
})

test('a cancelled script ends before its next step, never within one', async () => {
  const card = conversation(['10DB3FFF01AA', '9000'], ['00DB3FFF01BB', '9000'])
  const chained = step('10DB3FFF01AA', '00DB3FFF01BB')
  const { stopped, results } = await runScript(
    card.transport,
    { steps: [chained, step('00FD0000')] },
    undefined,
    {},
    () => card.sent.length > 0,
  )
  expect(stopped).toMatchObject({ step: 1, kind: 'refused' })
  expect(results).toHaveLength(1)
})
