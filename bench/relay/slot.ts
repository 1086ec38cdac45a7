import type { VirtualCard } from '@cardwright/card-virtual'
import { connectVpcd } from '@cardwright/card-virtual/vpcd'
import { SLOT_NAMES } from '../../tests/interop/pcscd.ts'

/** A slot of vpcd with one card after another in it. */
export type Slot = { readonly reader: string; exchange(card: VirtualCard): void; close(): Promise<void> }

/** Cards are exchanged behind pcscd's back: vpcd does not notice every time that one was taken out. */
export const openSlot = async (first: VirtualCard): Promise<Slot> => {
  let card = first
  const connection = await connectVpcd({
    ...first,
    get atr() {
      return card.atr
    },
    powerOn: () => card.powerOn(),
    powerOff: () => card.powerOff(),
    reset: () => card.reset(),
    transmit: apdu => card.transmit(apdu),
  })
  return {
    reader: SLOT_NAMES[0],
    exchange: next => {
      card.powerOff()
      card = next
      card.powerOn()
    },
    close: () => connection.close(),
  }
}
