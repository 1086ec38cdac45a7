import { createCipheriv, createDecipheriv } from 'node:crypto'
import {
  answerUnblockChallenge,
  type ManagementKeyAlgorithm,
  readChallenge,
  type UnblockPuks,
  writeAnswer,
} from '@cardwright/card'
import { createVirtualCard, createVirtualReaders, type VirtualCard } from '@cardwright/card-virtual'
import { describe, expect, test } from 'vitest'
import { unblockAtTerminal } from './unblock.ts'

/** Of a YubiKey 5.7 as its maker ships it. */
const KEY = Buffer.from('010203040506070801020304050607080102030405060708', 'hex')
const NEW_PIN = '592813'

const newCard = (): VirtualCard =>
  createVirtualCard({
    model: 'yubikey-5.7',
    serial: 1,
    random: length => globalThis.crypto.getRandomValues(new Uint8Array(length)),
    now: () => new Date(),
  })

/** The server's part, with the key in memory. */
const helpDesk = async (challengeText: string, puks: Partial<UnblockPuks> = {}): Promise<string> => {
  const algorithm: ManagementKeyAlgorithm = 'AES-192'
  const block = (cipher: ReturnType<typeof createCipheriv>, data: Uint8Array) =>
    new Uint8Array(cipher.setAutoPadding(false).update(data))
  const cipher = {
    algorithm,
    encryptBlock: (data: Uint8Array) => block(createCipheriv('aes-192-ecb', KEY, null), data),
    decryptBlock: (data: Uint8Array) => block(createDecipheriv('aes-192-ecb', KEY, null), data),
  }
  const known: UnblockPuks = { current: '12345678', pending: '40718293', order: 'only-current', ...puks }
  return writeAnswer(await answerUnblockChallenge(cipher, readChallenge(challengeText), known))
}

/** A person who reads the challenge out and types what `answers` makes of it. */
const atTerminal = async (
  cards: readonly (VirtualCard | undefined)[],
  answers: readonly ((challenge: string) => Promise<string> | string | undefined)[],
) => {
  const readers = createVirtualReaders(
    cards.map((card, i) => ({ id: `r${i}`, name: `Reader ${i}`, ...(card ? { card } : {}) })),
  )
  const said: string[] = []
  const asked: { question: string; hidden: boolean }[] = []
  const left = [...answers]
  const challenge = () => /^ {4}(\S+)$/m.exec(said.join('\n'))?.[1] ?? ''
  const code = await unblockAtTerminal(
    readers,
    async (question, hidden = false) => {
      asked.push({ question, hidden })
      return left.shift()?.(challenge())
    },
    line => said.push(line),
  )
  return { code, said: said.join('\n'), asked, readers }
}

const pinOf = (card: VirtualCard) => new TextDecoder().decode(card.state().piv.pin.value.filter(byte => byte !== 0xff))
const type = (text: string) => () => text

describe('an unblock at the terminal', () => {
  test('sets the new PIN, which is asked for without echo and shown nowhere', async () => {
    const card = newCard()
    const { code, said, asked, readers } = await atTerminal([undefined, card], [helpDesk, type(NEW_PIN), type(NEW_PIN)])
    expect(code).toBe(0)
    expect(pinOf(card)).toBe(NEW_PIN)
    expect(asked.map(({ hidden }) => hidden)).toEqual([false, true, true])
    expect(said).not.toContain(NEW_PIN)
    await (await readers.connect('r1')).close()
  })

  test('a mistyped answer is asked for again, with the group in which the slip is', async () => {
    const card = newCard()
    const slip = async (challenge: string) =>
      (await helpDesk(challenge)).replace(/^./, first => (first === 'A' ? 'B' : 'A'))
    const again = [type(NEW_PIN), type(NEW_PIN)]
    const { code, said } = await atTerminal([card], [slip, ...again, helpDesk, ...again])
    expect(code).toBe(0)
    expect(said).toContain('Look at group 1.')
  })

  test('a PIN that is none, or that differs the second time, is asked for again', async () => {
    const card = newCard()
    const { code } = await atTerminal(
      [card],
      [helpDesk, type('12ab56'), type('123'), type('592814'), type('592815'), type(NEW_PIN), type(NEW_PIN)],
    )
    expect(code).toBe(0)
    expect(pinOf(card)).toBe(NEW_PIN)
  })

  test('another PUK than the server knows: it says how many tries are left', async () => {
    const card = newCard()
    const wrong = (challenge: string) => helpDesk(challenge, { current: '11111111' })
    const { code, said } = await atTerminal([card], [wrong, type(NEW_PIN), type(NEW_PIN)])
    expect(code).toBe(1)
    expect(said).toMatch(/2 tries are left/)
    expect(pinOf(card)).toBe('123456')
  })

  test.each([
    ['no card', [undefined], /No card/],
    ['two cards', [newCard(), newCard()], /2 cards/],
  ])('%s: it says what to do', async (_, cards, message) => {
    const { code, said } = await atTerminal(cards, [])
    expect([code, said]).toEqual([1, expect.stringMatching(message)])
  })

  test('given up, the card is free and as it was', async () => {
    const card = newCard()
    const { code, readers } = await atTerminal([card], [helpDesk, () => undefined])
    expect(code).toBe(1)
    expect(card.effects()).toBe(0)
    await (await readers.connect('r0')).close()
  })
})
