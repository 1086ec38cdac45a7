import type { CardPrinter, Reader } from '@cardwright/contract'

/** The printer and the reader inside of it, as this workstation keeps them (P-2). A reader's id ends with the session, its name does not. */
export type RememberedPrinter = {
  readonly printerId: string
  readonly reader: Pick<Reader, 'name' | 'where'>
}

type Store = Pick<Storage, 'getItem' | 'setItem'>
const key = 'cardwright.card-printer'

export const parseRemembered = (text: string | null): RememberedPrinter | null => {
  try {
    const { printerId, reader } = JSON.parse(text ?? 'null') ?? {}
    const place = reader?.where === 'SERVER' || reader?.where === 'WORKSTATION'
    if (typeof printerId !== 'string' || typeof reader?.name !== 'string' || !place) return null
    return { printerId, reader: { name: reader.name, where: reader.where } }
  } catch {
    return null
  }
}

export const recall = (store: Store): RememberedPrinter | null => {
  try {
    return parseRemembered(store.getItem(key))
  } catch {
    return null
  }
}

/** A browser that keeps nothing (private mode) asks again the next time. */
export const remember = (store: Store, printer: Pick<CardPrinter, 'id'>, reader: Reader): RememberedPrinter => {
  const kept = { printerId: printer.id, reader: { name: reader.name, where: reader.where } }
  try {
    store.setItem(key, JSON.stringify(kept))
  } catch {
    // Nothing is lost but the memory: the choice holds for this page.
  }
  return kept
}
