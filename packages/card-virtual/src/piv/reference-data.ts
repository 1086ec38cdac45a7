import { equalBytes } from '../bytes.ts'
import type { CardContext } from '../context.ts'
import type { CardModel } from '../models.ts'
import type { PivPersistent, Reference } from '../state.ts'

export type ReferenceName = 'pin' | 'puk'

/** Key references of the PIN and the PUK that these cards have (SP 800-73pt1-5 table 4a). */
export const REFERENCES: Readonly<Record<number, ReferenceName>> = { 128: 'pin', 129: 'puk' }

/** Persists a change of the PIV application as one effect. */
export function writePiv(card: CardContext, name: string, change: Partial<PivPersistent>): Promise<void> {
  const state = card.state()
  return card.write(name, { ...state, piv: { ...state.piv, ...change } })
}

/**
 * Compares a value with the PIN or PUK. The counter goes down before the comparison and up after it, so cutting the power
 * in between never gives a free try. Answers with the tries that are left, or 'blocked' if there were none.
 */
export async function compareReference(
  card: CardContext,
  name: ReferenceName,
  candidate: Uint8Array,
): Promise<'right' | 'blocked' | { readonly left: number }> {
  const before = card.state().piv[name]
  if (before.left === 0) return 'blocked'
  const left = before.left - 1
  await writePiv(card, `${name}.counter-down`, { [name]: { ...before, left } })
  if (!equalBytes(candidate, before.value)) return { left }
  await writePiv(card, `${name}.counter-full`, { [name]: { ...before, left: before.tries } })
  return 'right'
}

export function replaced(reference: Reference, value: Uint8Array): Reference {
  return { ...reference, value, left: reference.tries }
}

/**
 * May this be a new PIN or PUK? Standard: PIN of 6 to 8 digits, FF behind, PUK any 8 bytes (SP 800-73pt2-5 §2.4.3).
 * YubiKeys: 6 to 8 bytes, FF behind, from 5.7 on the PUK only 00–7F.
 */
export function wellFormed(model: CardModel, name: ReferenceName, value: Uint8Array): boolean {
  const end = value.indexOf(0xff)
  const used = end < 0 ? value : value.subarray(0, end)
  const padded = value.subarray(used.length).every(byte => byte === 0xff)
  if (model.strictPinFormat && name === 'puk') return true
  if (!padded || used.length < 6) return false
  if (model.strictPinFormat) return used.every(byte => byte >= 0x30 && byte <= 0x39)
  return name === 'pin' || used.every(byte => byte <= 0x7f)
}
