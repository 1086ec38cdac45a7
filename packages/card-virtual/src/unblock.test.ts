import * as host from '@cardwright/card'
import { describe, expect, it } from 'vitest'
import type { ModelName } from './models.ts'
import { createVirtualReaders } from './readers.ts'
import { factoryCipher, testCard } from './test-cards.ts'
import type { VirtualCard } from './virtual-card.ts'

// Unblocking from afar: the card package's two ends against a card, the server's part played with the key in memory.

const CURRENT = '12345678'
const PENDING = '40718293'
const NEW_PIN = '592813'

const connect = async (card: VirtualCard) => {
  const connection = await createVirtualReaders([{ id: 'r', name: 'Reader', card }]).connect('r')
  return { session: host.createSession(host.createLocalRunner(connection)), atr: connection.atr }
}

const answerTo = async (
  model: ModelName,
  challengeText: string,
  puks: Partial<host.UnblockPuks> = {},
): Promise<string> => {
  const challenge = host.readChallenge(challengeText)
  const known = { current: CURRENT, pending: PENDING, order: 'only-current', ...puks } as const
  return host.writeAnswer(await host.answerUnblockChallenge(factoryCipher(model), challenge, known))
}

const text = (value: Uint8Array) => new TextDecoder().decode(value.filter(byte => byte !== 0xff))
const secrets = (card: VirtualCard) => {
  const { pin, puk } = card.state().piv
  return { pin: text(pin.value), puk: text(puk.value), pukLeft: puk.left, pukTries: puk.tries }
}

const MODELS: readonly ModelName[] = ['yubikey-5.7', 'yubikey-5.2', 'sp800-73']

describe.each(MODELS)('%s far away', model => {
  const groups = model === 'yubikey-5.2' ? { challenge: 4, answer: 7 } : { challenge: 7, answer: 10 }

  it('gets a new PIN and the pending PUK, and forgets that it saw the administration key', async () => {
    const card = testCard(model)
    const { session, atr } = await connect(card)
    const { challengeText, state } = await host.beginUnblock(session, atr)
    expect(challengeText.split('-')).toHaveLength(groups.challenge)
    const answer = await answerTo(model, challengeText)
    expect(answer.split('-')).toHaveLength(groups.answer)
    expect(await host.finishUnblock(session, state, answer, NEW_PIN)).toEqual({ pukChanged: true })
    expect(secrets(card)).toMatchObject({ pin: NEW_PIN, puk: PENDING })
    expect(card.state().piv.puk.left).toBe(card.state().piv.puk.tries)
    const { stop } = await session.tryRun(host.putData(0x5fc109, new Uint8Array(4)))
    expect(stop?.error).toMatchObject({ code: 'CARD_STATUS', sw: 0x6982 })
  })

  it('is refused an answer for another card: no try of the PUK is spent, a new challenge does', async () => {
    const card = testCard(model)
    const { session, atr } = await connect(card)
    const first = await host.beginUnblock(session, atr)
    const stranger = await host.beginUnblock((await connect(testCard(model))).session, atr)
    const before = secrets(card)
    const wrong = await answerTo(model, stranger.challengeText)
    await expect(host.finishUnblock(session, first.state, wrong, NEW_PIN)).rejects.toMatchObject({
      code: 'ANSWER_REFUSED',
    })
    expect(secrets(card)).toEqual(before)
    const { challengeText, state } = await host.beginUnblock(session, atr)
    await host.finishUnblock(session, state, await answerTo(model, challengeText), NEW_PIN)
    expect(secrets(card).pin).toBe(NEW_PIN)
  })

  it('does not hear of a mistyped answer or PIN: the same challenge is still good', async () => {
    const card = testCard(model)
    const { session, atr } = await connect(card)
    const { challengeText, state } = await host.beginUnblock(session, atr)
    const answer = await answerTo(model, challengeText)
    const slip = answer.replace(/^./, first => (first === '0' ? '1' : '0'))
    const before = session.stats.apdus
    await expect(host.finishUnblock(session, state, slip, NEW_PIN)).rejects.toMatchObject({
      code: 'ANSWER_MISTYPED',
      groups: [1],
    })
    await expect(host.finishUnblock(session, state, challengeText, NEW_PIN)).rejects.toMatchObject({
      code: 'ANSWER_MISTYPED',
    })
    await expect(host.finishUnblock(session, state, answer, '12ab56')).rejects.toMatchObject({ code: 'PIN_MALFORMED' })
    expect(session.stats.apdus).toBe(before)
    expect(await host.finishUnblock(session, state, answer, NEW_PIN)).toEqual({ pukChanged: true })
  })

  it.each([
    ['current-first', CURRENT, 0],
    ['pending-first', CURRENT, 1],
    ['current-first', PENDING, 1],
    ['pending-first', PENDING, 0],
  ] as const)('with two PUKs, %s, and %s on the card: the other one is tried next', async (order, onCard, wrong) => {
    const card = testCard(model)
    const { session, atr } = await connect(card)
    if (onCard === PENDING) await session.run(host.selectPiv(), host.changePuk(CURRENT, PENDING))
    const { challengeText, state } = await host.beginUnblock(session, atr)
    let least = secrets(card).pukLeft
    card.onEffect(() => {
      least = Math.min(least, secrets(card).pukLeft)
    })
    await host.finishUnblock(session, state, await answerTo(model, challengeText, { order }), NEW_PIN)
    const { pin, puk, pukLeft, pukTries } = secrets(card)
    expect({ pin, puk, pukLeft }).toEqual({ pin: NEW_PIN, puk: PENDING, pukLeft: pukTries })
    expect(pukTries - least).toBe(wrong + 1)
  })

  it('with a PUK that the server does not know keeps a try for a person, however often it is answered', async () => {
    const card = testCard(model)
    const { session, atr } = await connect(card)
    await session.run(host.selectPiv(), host.changePuk(CURRENT, '86420975'))
    const { challengeText, state } = await host.beginUnblock(session, atr)
    const answer = await answerTo(model, challengeText, { order: 'pending-first' })
    const { pukTries } = secrets(card)
    const error = await host.finishUnblock(session, state, answer, NEW_PIN).catch(e => e)
    expect(error).toMatchObject({ code: 'PUK_REFUSED', attemptsRemaining: secrets(card).pukLeft })
    expect(secrets(card).pukLeft).toBe(pukTries - 2)
  })

  it('tells an observer of the line nothing that opens the card', async () => {
    const card = testCard(model)
    const { session, atr } = await connect(card)
    const { challengeText, state } = await host.beginUnblock(session, atr)
    const answer = await answerTo(model, challengeText)
    await host.finishUnblock(session, state, answer, NEW_PIN)
    // The observer has the card now, and what was said.
    const again = await host.beginUnblock(session, atr)
    expect(again.challengeText).not.toBe(challengeText)
    const replay = host.finishUnblock(session, again.state, answer, '840273')
    await expect(replay).rejects.toMatchObject({ code: 'ANSWER_REFUSED' })
    expect(secrets(card)).toMatchObject({ pin: NEW_PIN, puk: PENDING })
  })
})

describe('cards that cannot be unblocked from afar', () => {
  const answering = (reply: (apdu: Uint8Array) => string): host.ApduTransport => ({
    transmit: async apdu => host.hexToBytes(reply(apdu)),
  })
  const { atr } = testCard('sp800-73')

  it('no PIV, and PIV without an administration key that authenticates', async () => {
    const nothing = host.createSession(host.createLocalRunner(answering(() => '6A82')))
    await expect(host.beginUnblock(nothing, atr)).rejects.toMatchObject({ code: 'CARD_LACKS_KEY' })
    const keyless = host.createSession(host.createLocalRunner(answering(apdu => (apdu[1] === 0xa4 ? '9000' : '6A86'))))
    await expect(host.beginUnblock(keyless, atr)).rejects.toMatchObject({ code: 'CARD_LACKS_KEY' })
  })

  it('a card that says yes to any witness is told no PUK', async () => {
    // Always the same witness: another one could meet the tag of eight bits by chance.
    const card = testCard('sp800-73', { random: length => new Uint8Array(length).fill(7) })
    const { session } = await connect(card)
    const { challengeText, state } = await host.beginUnblock(session, atr)
    const answer = await answerTo('sp800-73', challengeText)
    const heard: number[] = []
    const false16 = `7C128210${'5A'.repeat(16)}9000`
    const imposter = answering(apdu => {
      heard.push(apdu[1] ?? 0)
      return apdu[1] === 0x87 ? false16 : '9000'
    })
    const lured = host.createSession(host.createLocalRunner(imposter))
    await expect(host.finishUnblock(lured, state, answer, NEW_PIN)).rejects.toMatchObject({ code: 'ANSWER_REFUSED' })
    expect(heard).not.toContain(0x2c)
  })

  it('a card with PIN rules of its own says so, and spends no try', async () => {
    const card = testCard('sp800-73')
    const { session, atr: own } = await connect(card)
    const { challengeText, state } = await host.beginUnblock(session, own)
    const answer = await answerTo('sp800-73', challengeText)
    const strict = host.createSession(
      host.createLocalRunner({
        transmit: async apdu => (apdu[1] === 0x2c ? host.hexToBytes('6985') : card.transmit(apdu)),
      }),
    )
    const before = secrets(card)
    await expect(host.finishUnblock(strict, state, answer, NEW_PIN)).rejects.toMatchObject({ code: 'PIN_REFUSED' })
    expect(secrets(card)).toEqual(before)
  })
})
