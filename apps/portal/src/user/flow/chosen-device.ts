import type { UserReader, UserReaderList } from '@cardwright/contract'

export type Card = NonNullable<UserReader['card']>
/** A device where it is: another insertion is another device until the server has looked at it (I-13). */
export type Insertion = { readonly readerId: string; readonly insertion: string }
export type Connected = { readonly reader: UserReader; readonly card: Card }

export const connectedDevices = (list: UserReaderList | null): Connected[] =>
  list?.readers.flatMap(reader => (reader.card ? [{ reader, card: reader.card }] : [])) ?? []

export const insertionOf = ({ reader, card }: Connected): Insertion => ({
  readerId: reader.id,
  insertion: card.insertion,
})

/** The server puts the visit before the client's own name of a reader, and a login makes another visit. */
const ownName = (readerId: string): string => readerId.replace(/^workstation:[^:]+:/, '')

/**
 * The device that is meant: the one picked as long as it stays where it is, else the only one there is; with several
 * and none picked, the only one that `fits`.
 */
export const chosenDevice = (
  devices: readonly Connected[],
  picked: Insertion | null,
  fits: (card: Card) => boolean = () => false,
): Connected | null => {
  const still = devices.find(
    ({ reader, card }) =>
      picked !== null && ownName(reader.id) === ownName(picked.readerId) && card.insertion === picked.insertion,
  )
  if (still) return still
  if (devices.length === 1) return devices[0] ?? null
  const fitting = devices.filter(({ card }) => fits(card))
  return fitting.length === 1 ? (fitting[0] ?? null) : null
}
