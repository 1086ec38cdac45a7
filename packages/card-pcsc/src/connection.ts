import type { CardConnection } from '@cardwright/card'
import type { Card, Reader } from 'pcsc-mini'
import { toCardError } from './errors.ts'
import type { Pcsc } from './load.ts'

/** Longest answer of an extended command: 65536 bytes and the status word. pcsc-mini's own buffer holds 264. */
const ANSWER_BUFFER = 65_538

/**
 * Opens the card for us alone. Exclusive mode does the locking; a PC/SC transaction would add nothing, and Windows resets a
 * card whose transaction is quiet for five seconds, which a remote host or a key generation easily is.
 */
export async function openConnection(
  pcsc: Pcsc,
  reader: Reader,
  insertion: string,
  onClose: () => void,
): Promise<CardConnection> {
  const name = reader.name()
  const { EXCLUSIVE } = pcsc.CardMode
  const { RESET, UNPOWER } = pcsc.CardDisposition
  const fail = (error: unknown): never => {
    throw toCardError(error, name)
  }
  const card: Card = await reader.connect(EXCLUSIVE).catch(fail)
  let atr: Uint8Array
  try {
    atr = await readAtr(card)
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

/** The ATR from the card's state: the one in pcsc-mini's change events is not it. */
export async function readAtr(card: Card): Promise<Uint8Array> {
  return (await card.state()).atr.slice()
}
