import { type CardConnection, CardError } from '@cardwright/card'
import type { Card, Reader } from 'pcsc-mini'
import { toCardError } from './errors.ts'
import type { Pcsc } from './load.ts'
import { EVENT_COUNT_SHIFT, type SeenReader } from './monitor.ts'

/** Longest answer of an extended command: 65536 bytes and the status word. pcsc-mini's own buffer holds 264. */
const ANSWER_BUFFER = 65_538

/**
 * Other programs have a card for a moment and let go of it: Windows when it looks for certificates, a look at the ATR, a
 * client whose page was left just now. PC/SC has no queue, so it is asked again for a while.
 */
const IN_USE_PATIENCE_MS = 3_000
const IN_USE_PAUSE_MS = 100

async function connectAlone(pcsc: Pcsc, reader: Reader, name: string): Promise<Card> {
  for (let waited = 0; ; waited += IN_USE_PAUSE_MS) {
    try {
      return await reader.connect(pcsc.CardMode.EXCLUSIVE)
    } catch (thrown) {
      const error = toCardError(thrown, name)
      if (error.code !== 'CARD_IN_USE' || waited >= IN_USE_PATIENCE_MS) throw error
      await new Promise(resolve => setTimeout(resolve, IN_USE_PAUSE_MS))
    }
  }
}

/**
 * Opens the card for us alone. Exclusive mode does the locking; a PC/SC transaction would add nothing, and Windows resets a
 * card whose transaction is quiet for five seconds, which a remote host or a key generation easily is.
 */
export async function openConnection(
  pcsc: Pcsc,
  seen: SeenReader & { readonly insertion: string },
  onClose: () => void,
): Promise<CardConnection> {
  const { name, reader, insertion } = seen
  const { EXCLUSIVE } = pcsc.CardMode
  const { RESET, UNPOWER } = pcsc.CardDisposition
  const fail = (error: unknown): never => {
    throw toCardError(error, name)
  }
  const card = await connectAlone(pcsc, reader, name)
  let atr: Uint8Array
  try {
    const state = await card.state()
    // pcsc-lite counts here too: another number than the monitor's means that a card came after the one that was seen.
    const events = state.status.raw >>> EVENT_COUNT_SHIFT
    if (events !== 0 && seen.events !== 0 && events !== seen.events) {
      throw new CardError('CARD_EXCHANGED', `The card in ${name} was exchanged just now.`)
    }
    atr = state.atr.slice()
  } catch (error) {
    await card.disconnect(RESET).catch(() => {})
    throw toCardError(error, name)
  }
  let open = true
  return {
    atr,
    insertion,
    async transmit(apdu) {
      const answer = await card.transmit(apdu, new ArrayBuffer(ANSWER_BUFFER)).catch(fail)
      // Some drivers report a card that is pulled in the middle of a command as success with an empty answer. Every answer
      // has a status word (ISO 7816-4 §5.1), so there is no card any more.
      if (answer.length < 2) throw new CardError('CARD_REMOVED', `The card was taken out of ${name}.`)
      return answer.slice()
    },
    async reset() {
      await card.reconnect(EXCLUSIVE, UNPOWER).catch(fail)
    },
    async close() {
      if (!open) return
      open = false
      onClose()
      // Reset, so that no PIN stays verified for the next program. A card or reader that has gone is closed already.
      await card.disconnect(RESET).catch(() => {})
    },
  }
}
