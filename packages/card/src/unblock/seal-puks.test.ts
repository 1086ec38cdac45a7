import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesToHex } from '../bytes.ts'
import { createManagementKeyCipher } from '../crypto.ts'
import { MANAGEMENT_KEY_ALGORITHMS, type ManagementKeyAlgorithm } from '../piv/algorithms.ts'
import { PUK_ORDERS, readAnswer, writeAnswer } from './answer.ts'
import { readChallenge, writeChallenge } from './challenge.ts'
import { answerUnblockChallenge, hostChallenge, openUnblockAnswer } from './seal-puks.ts'
import { UnblockError } from './unblock-error.ts'

const ALGORITHMS = Object.keys(MANAGEMENT_KEY_ALGORITHMS) as ManagementKeyAlgorithm[]
const algorithms = fc.constantFrom(...ALGORITHMS)
const puk = fc.nat(99_999_999).map(n => String(n).padStart(8, '0'))
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const cases = algorithms.chain(algorithm => {
  const { keyLength, blockLength } = MANAGEMENT_KEY_ALGORITHMS[algorithm]
  return fc.record({
    algorithm: fc.constant(algorithm),
    key: bytes(keyLength),
    witness: bytes(blockLength),
    puks: fc.record({ current: puk, pending: puk, order: fc.constantFrom(...PUK_ORDERS) }),
  })
})

test('what the server masks, the workstation opens with what the card tells it', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ algorithm, key, witness, puks }) => {
      const cipher = createManagementKeyCipher(algorithm, key)
      const challenge = { algorithm, witness: await cipher.encryptBlock(witness) }
      const read = readChallenge(writeChallenge(challenge))
      expect(read).toEqual(challenge)
      const answer = readAnswer(writeAnswer(await answerUnblockChallenge(cipher, read, puks)), algorithm)
      expect(answer.witness).toEqual(witness)
      const keystream = await cipher.encryptBlock(hostChallenge(answer.witness))
      expect(openUnblockAnswer(answer, keystream)).toEqual(puks)
    }),
  )
})

test('with another keystream the answer shows no PUK of those that it hides', async () => {
  let opened = 0
  await fc.assert(
    fc.asyncProperty(cases, bytes(16), async ({ algorithm, key, witness, puks }, other) => {
      const cipher = createManagementKeyCipher(algorithm, key)
      const challenge = { algorithm, witness: await cipher.encryptBlock(witness) }
      const answer = await answerUnblockChallenge(cipher, challenge, puks)
      const shown = openUnblockAnswer(answer, other.slice(0, witness.length))
      if (shown) opened++
      expect([shown?.current, shown?.pending]).not.toContain(puks.current)
    }),
    { numRuns: 1000 },
  )
  // The tag has eight bits, and two random numbers of 27 bits are both PUKs in 55 of 100 cases.
  expect(opened).toBeLessThan(20)
})

test('two answers to one challenge share a mask only if they are the same answer', async () => {
  const cipher = createManagementKeyCipher('AES-256', new Uint8Array(32).fill(3))
  const challenge = { algorithm: 'AES-256', witness: new Uint8Array(16).fill(9) } as const
  const answer = (current: string, order: (typeof PUK_ORDERS)[number]) =>
    answerUnblockChallenge(cipher, challenge, { current, pending: '40718293', order })
  const plain = (current: string) => (BigInt(current) << 27n) | 40718293n
  const masks = new Map<string, string>()
  for (const order of PUK_ORDERS)
    for (let i = 0; i < 20; i++) {
      const current = String(10_000_000 + i * 1_234_567)
      const { masked, tag } = await answer(current, order)
      const same = masks.get(`${order} ${tag}`)
      const mask = (masked ^ plain(current)).toString(16)
      if (same) expect(mask).toBe(same)
      else expect([...masks.values()]).not.toContain(mask)
      masks.set(`${order} ${tag}`, mask)
    }
  expect(masks.size).toBeGreaterThan(30)
  expect(await answer('12340987', 'only-current')).toEqual(await answer('12340987', 'only-current'))
})

test('the host’s challenge is one block, and another one for each witness', () => {
  const block = new Uint8Array(16)
  expect(hostChallenge(block)).toHaveLength(16)
  expect(hostChallenge(new Uint8Array(8))).toHaveLength(8)
  expect(bytesToHex(hostChallenge(block))).not.toBe(bytesToHex(hostChallenge(block.with(15, 1))))
})

test('text that is no challenge or no answer is said to be mistyped', () => {
  const slip = (read: () => unknown): unknown => {
    try {
      return read()
    } catch (error) {
      expect(error).toBeInstanceOf(UnblockError)
      return undefined
    }
  }
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ- ILOU') }),
      algorithms,
      (text, a) => {
        slip(() => readChallenge(text))
        slip(() => readAnswer(text, a))
      },
    ),
    { numRuns: 2000 },
  )
  expect(() => readChallenge('')).toThrow(UnblockError)
  expect(() => readAnswer('', 'AES-128')).toThrow(UnblockError)
})

test('a PUK that 27 bits do not hold is refused on the spot', async () => {
  const cipher = createManagementKeyCipher('AES-128', new Uint8Array(16))
  const challenge = { algorithm: 'AES-128', witness: new Uint8Array(16) } as const
  const puks = { current: 'ABCDEFGH', pending: '40718293', order: 'only-current' } as const
  await expect(answerUnblockChallenge(cipher, challenge, puks)).rejects.toThrow(RangeError)
  const short = { algorithm: 'AES-192', witness: new Uint8Array(16) } as const
  await expect(answerUnblockChallenge(cipher, short, { ...puks, current: '40718293' })).rejects.toThrow(RangeError)
})
