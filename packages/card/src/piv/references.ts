/** Key and PIN references (SP 800-73-5 part 1 tables 4a and 5). Each command takes only the references it may name. */

export const PIV_AID = 'A000000308000010000100'

export const PRIMARY_SLOTS = [0x9a, 0x9c, 0x9d, 0x9e] as const
export const RETIRED_SLOTS = [
  0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8d, 0x8e, 0x8f, 0x90, 0x91, 0x92, 0x93, 0x94,
  0x95,
] as const
/** Yubico's key that signs attestation statements; not part of PIV. */
export const ATTESTATION_SLOT = 0xf9
/** Card management ("administration") key. */
export const MANAGEMENT_KEY = 0x9b

export type PrimarySlot = (typeof PRIMARY_SLOTS)[number]
export type RetiredSlot = (typeof RETIRED_SLOTS)[number]
/** A slot with an asymmetric key of the holder. */
export type KeySlot = PrimarySlot | RetiredSlot
/** Slots in which Yubico's GENERATE and IMPORT work; the standard knows the primary ones (and 04) only. */
export type WritableSlot = KeySlot | typeof ATTESTATION_SLOT

export const GLOBAL_PIN = 0x00
export const PIV_PIN = 0x80
export const PUK = 0x81

/** References that VERIFY accepts as an 8-byte PIN; 98 is the pairing code. */
export type VerifyReference = typeof GLOBAL_PIN | typeof PIV_PIN | 0x98
/** References of which VERIFY tells or drops the security status; 96 and 97 are fingerprints. */
export type StatusReference = VerifyReference | 0x96 | 0x97
/** References that CHANGE REFERENCE DATA accepts (SP 800-73-5 part 2 §3.2.2). */
export type ChangeReference = typeof GLOBAL_PIN | typeof PIV_PIN | typeof PUK
/** References of which Yubico tells metadata. */
export type MetadataReference = typeof PIV_PIN | typeof PUK | typeof MANAGEMENT_KEY | WritableSlot

export function isPrimarySlot(reference: number): reference is PrimarySlot {
  return PRIMARY_SLOTS.some(slot => slot === reference)
}

export function isRetiredSlot(reference: number): reference is RetiredSlot {
  return RETIRED_SLOTS.some(slot => slot === reference)
}

export function isKeySlot(reference: number): reference is KeySlot {
  return isPrimarySlot(reference) || isRetiredSlot(reference)
}

/** All slots of the holder, primary ones first. */
export const KEY_SLOTS: readonly KeySlot[] = [...PRIMARY_SLOTS, ...RETIRED_SLOTS]

/** Two upper-case hex digits, the way people name slots: `9A`. */
export function slotName(slot: number): string {
  return slot.toString(16).toUpperCase().padStart(2, '0')
}
