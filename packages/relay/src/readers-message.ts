import { bytesToHex, hexToBytes, type ReaderInfo } from '@cardwright/card'
import type { FromFarEnd } from '@cardwright/contract'

type ReadersMessage = Extract<FromFarEnd, { type: 'readers' }>

/** `message` is that of the question; none if nobody asked. */
export const toReadersMessage = (readers: readonly ReaderInfo[], message?: number): ReadersMessage => ({
  type: 'readers',
  ...(message === undefined ? {} : { message }),
  readers: readers.map(({ id, name, virtual, card }) => ({
    id,
    name,
    virtual,
    ...(card ? { card: { atr: bytesToHex(card.atr), insertion: card.insertion } } : {}),
  })),
})

export const fromReadersMessage = ({ readers }: ReadersMessage): ReaderInfo[] =>
  readers.map(({ id, name, virtual, card }) => ({
    id,
    name,
    virtual,
    ...(card ? { card: { atr: hexToBytes(card.atr), insertion: card.insertion } } : {}),
  }))
