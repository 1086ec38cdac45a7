import {
  answerWitness,
  type CardCommand,
  constantTimeEqual,
  createLocalRunner,
  createManagementKeyCipher,
  createSession,
  deleteKey,
  generateKeyPair,
  isResetSupported,
  probeCommands,
  readProbe,
  requestWitness,
  selectPiv,
  sign,
  verifyPin,
} from '@cardwright/card'
import { expect, it } from 'vitest'
import { YUBICO_ADMINISTRATION_KEY } from './models.ts'
import { PLAIN_KEY, testCard } from './test-cards.ts'
import type { VirtualCard } from './virtual-card.ts'

const sessionWith = (card: VirtualCard) => createSession(createLocalRunner(card))
const nitrokey = (serial: number) => testCard('yubikey-5.2', { serial, quirks: { speaksLikeNitrokey: true } })

const probe = async (card: VirtualCard) =>
  readProbe(await sessionWith(card).run(...probeCommands({ atr: card.atr })), card.atr)

it('two Nitrokeys are two devices, and what they lack is known before anything is written', async () => {
  const [one, two] = [await probe(nitrokey(1)), await probe(nitrokey(2))]
  expect(one.contents.identity.kind).toBe('uuid')
  expect(one.contents.identity).not.toEqual(two.contents.identity)
  expect(one.capabilities).toMatchObject({
    model: { name: 'nitrokey-3' },
    metadata: false,
    setRetries: false,
    deleteKey: false,
    attestation: false,
    setManagementKey: 'yubico',
    reset: true,
  })
  const { stop } = await sessionWith(nitrokey(1)).tryRun(selectPiv(), deleteKey(0x9a))
  expect(stop).toMatchObject({ error: { sw: 0x6a81 } })
})

it('a Nitrokey takes the answer to its witness only without the empty response object', async () => {
  const card = nitrokey(1)
  const cipher = createManagementKeyCipher('3DES', YUBICO_ADMINISTRATION_KEY)
  const session = sessionWith(card)
  const challenge = new Uint8Array(8).fill(9)
  const answer = async (form: 'standard' | 'without-response') => {
    const [, encrypted] = await session.run(selectPiv(), requestWitness('3DES'))
    return session.tryRun(answerWitness('3DES', await cipher.decryptBlock(encrypted), challenge, form))
  }
  expect((await answer('standard')).stop).toMatchObject({ error: { sw: 0x6a80 } })
  const { results } = await answer('without-response')
  expect(constantTimeEqual(results[0] ?? new Uint8Array(), await cipher.encryptBlock(challenge))).toBe(true)
})

it('asking for the reset changes nothing, until the card is blocked: then it is the reset', async () => {
  const card = nitrokey(1)
  const session = sessionWith(card)
  const wrong: CardCommand<void> = { ...verifyPin('999999'), accept: ['63CX', '6983'] }
  expect(await session.run(selectPiv(), isResetSupported())).toContain('supported')
  expect(card.effects()).toBe(0)
  expect(await session.run(wrong, wrong, wrong, isResetSupported())).toContain('done')
  expect(card.state().piv.pin.left).toBe(3)
  expect(await sessionWith(testCard('sp800-73')).run(selectPiv(), isResetSupported())).toContain('unsupported')
})

it('SP 800-73pt2-5 §3.2.4: an EC key in 9D of a strict card does not sign, one in 9A does', async () => {
  const card = testCard('sp800-73', { quirks: { keyManagementKeysOnlyAgree: true } })
  const cipher = createManagementKeyCipher('AES-128', PLAIN_KEY)
  const session = sessionWith(card)
  const [, encrypted] = await session.run(selectPiv(), requestWitness('AES-128'))
  await session.run(
    answerWitness('AES-128', await cipher.decryptBlock(encrypted), new Uint8Array(16)),
    generateKeyPair({ slot: 0x9a, algorithm: 'P-256' }),
    generateKeyPair({ slot: 0x9d, algorithm: 'P-256' }),
    verifyPin('123456'),
  )
  const digest = new Uint8Array(32).fill(1)
  expect((await session.tryRun(sign(0x9a, 'P-256', digest))).stop).toBeUndefined()
  expect((await session.tryRun(sign(0x9d, 'P-256', digest))).stop).toMatchObject({ error: { sw: 0x6a80 } })
  expect((await probe(card)).capabilities.signingSlots).not.toContain(0x9d)
})
