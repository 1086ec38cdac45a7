import type { CardModel } from '../models.ts'
import type { PrivateKey, Volatile } from '../state.ts'

// The access rules of the card, as tables: SP 800-73pt1-5 tables 3 and 4a, and Yubico's for its own commands.

export type Condition = 'administrator' | 'pin'

/** What must be true before a command may change the card. Commands not listed have no condition of their own. */
export const COMMAND_CONDITIONS = {
  putData: ['administrator'],
  generate: ['administrator'],
  importKey: ['administrator'],
  moveKey: ['administrator'],
  setAdministrationKey: ['administrator'],
  setRetries: ['administrator', 'pin'],
} as const satisfies Readonly<Record<string, readonly Condition[]>>

export function permits(conditions: readonly Condition[], status: Volatile): boolean {
  return conditions.every(condition => (condition === 'pin' ? status.pinVerified : status.administrator))
}

/** Fingerprints, facial image, printed information, iris, pairing code; all others are read freely. */
const READ_WITH_PIN: readonly number[] = [0x5fc103, 0x5fc108, 0x5fc109, 0x5fc121, 0x5fc123]

export function mayRead(tag: number, status: Volatile): boolean {
  return !READ_WITH_PIN.includes(tag) || status.pinVerified
}

/** Yubico's numbers, used for every model: 1 never, 2 once, 3 always. */
export const PIN_POLICY = { default: 0, never: 1, once: 2, always: 3 } as const

/** SP 800-73pt1-5 table 4a: PIN before each use of 9C, never for 9E, once for all others. F9 only signs attestations. */
export function defaultPinPolicy(reference: number): number {
  if (reference === 0x9c) return PIN_POLICY.always
  return reference === 0x9e || reference === 0xf9 ? PIN_POLICY.never : PIN_POLICY.once
}

export function mayUseKey(key: PrivateKey, status: Volatile): boolean {
  if (key.pinPolicy === PIN_POLICY.never) return true
  return key.pinPolicy === PIN_POLICY.always ? status.pinVerified && status.pinUnused : status.pinVerified
}

/** Slots that hold asymmetric keys, SP 800-73pt1-5 table 4b. */
export function isKeySlot(reference: number, model: CardModel): boolean {
  if ([0x9a, 0x9c, 0x9d, 0x9e].includes(reference) || (reference >= 0x82 && reference <= 0x95)) return true
  return reference === 0xf9 && model.firmware !== undefined
}

/** Exponentiation (tag 85) is for key management keys; a YubiKey agrees with any (SP 800-73pt2-5 §3.2.4). */
export function mayAgree(reference: number, model: CardModel): boolean {
  return model.firmware !== undefined || reference === 0x9d || (reference >= 0x82 && reference <= 0x95)
}
