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
})
