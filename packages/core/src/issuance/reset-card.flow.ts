import {
  ANY_STATUS,
  type CardCommand,
  changePuk,
  createSession,
  resetPiv,
  selectPiv,
  statusHex,
  verifyPin,
} from '@cardwright/card'
import { RefusalError, refuse } from '../outcome/refusal.ts'
import type { IssuancePorts } from './issuance-ports.ts'
import type { Ledger } from './ledger.flow.ts'
import type { OpenCard } from './open-card.flow.ts'
import { factsCommands, readFacts } from './read-facts.ts'

/** A wrong value may be the right one by chance; after this many the card is blocked or does not count. */
const MOST_TRIES = 255

const untilBlocked = (command: CardCommand<void>, tries: number): readonly CardCommand<boolean>[] =>
  Array.from({ length: tries }, () => ({
    ...command,
    // 6982 and 6A80 too: some cards refuse a value that they find malformed without counting.
    accept: ['9000', '63CX', '630X', '6300', '6983', '6A80', '6982'],
    progress: 'reset-card',
    decode: ({ sw }) => sw === 0x6983,
  }))

const randomDigits = (ports: Pick<IssuancePorts, 'random'>): string =>
  Array.from(ports.random(8), byte => String(byte % 10)).join('')

/**
 * Asks for the reset before anything is blocked: 6985 (or 6982) says that the card knows it and is not blocked yet, 9000 that it
 * was blocked and is blank now. Any other word means that blocking PIN and PUK would ruin the card for nothing.
 */
const resetAtOnce = async (card: OpenCard): Promise<boolean> => {
  const [sw] = await card.session.run(
    { ...resetPiv(), accept: [ANY_STATUS], progress: 'reset-card', decode: r => r.sw },
    { ...selectPiv(), progress: 'reset-card' },
  )
  // PivApplet says 6982 where others say 6985.
  if (![0x9000, 0x6985, 0x6982].includes(sw))
    throw new RefusalError(refuse('CARD_CANNOT_BE_BLANKED', { why: `its reset command was answered ${statusHex(sw)}` }))
  return sw === 0x9000
}

/**
 * Yubico's reset: only when PIN and PUK are both blocked (CARD-FACTS §3.1 FB). Wrong values are random each time, so
 * that no stored value can be hit on purpose. One round trip where the number of tries is known; else it goes on in
 * scripts of ten until both are blocked. Ends with the application selected anew and everything at factory values.
 */
export const runReset = async (ports: Pick<IssuancePorts, 'random'>, card: OpenCard): Promise<void> => {
  const { pin, puk } = card.facts
  const pinTries = (pin.left ?? 3) + 1
  const pukTries = (puk.left ?? 3) + 1
  const round = (pins: number, puks: number): readonly CardCommand<boolean>[] => [
    ...untilBlocked(verifyPin(randomDigits(ports)), pins),
    ...untilBlocked(changePuk(randomDigits(ports), randomDigits(ports)), puks),
  ]
  const finish: readonly CardCommand<unknown>[] = [
    { ...resetPiv(), progress: 'reset-card' },
    { ...selectPiv(), progress: 'reset-card' },
  ]
  if (await resetAtOnce(card)) return
  const first = await card.session.tryRun(...round(pinTries, pukTries), ...finish)
  if (!first.stop) return
  if (first.stop.command !== 'yubico.reset-piv' || first.stop.kind !== 'status') throw first.stop.error
  for (let tried = 0; tried < MOST_TRIES; tried += 10) {
    const more = await card.session.tryRun(...round(10, 10), ...finish)
    if (!more.stop) return
    if (more.stop.command !== 'yubico.reset-piv' || more.stop.kind !== 'status') throw more.stop.error
  }
  throw first.stop.error
}

/**
 * For a retry on a card that cannot tell what an interrupted attempt has left on it: back to blank, and read anew.
 * The administration keys that were on it are gone, so what is stored of them goes too.
 */
export const resetCard = async (ports: IssuancePorts, ledger: Ledger, card: OpenCard): Promise<OpenCard> => {
  ledger.enter('reset-card')
  await ledger.save({ cardTouched: true, keys: [] })
  await runReset(ports, card)
  await ledger.save({ pukTries: 0 }, { administrationKey: null, pendingAdministrationKey: null })
  const session = createSession(card.link, { onProgress: e => e.progress && ledger.enter(e.progress) })
  const slots = Object.keys(card.facts.keys)
  const { facts, framing } = readFacts(await session.run(...factsCommands(slots, card.link.atr)), card.link.atr)
  session.framing = framing
  return { ...card, session, facts }
}
