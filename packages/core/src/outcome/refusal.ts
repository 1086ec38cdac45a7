/**
 * A refusal that the trade expects is a value with a stable code, not an exception (DESIGN §7). The text for people is
 * in refusal-texts.ts, keyed by code.
 */
export type Refusal = {
  readonly ok: false
  readonly code: RefusalCode
  readonly params: Readonly<Record<string, string | number>>
}

export type Accepted<T> = { readonly ok: true; readonly value: T }
export type Outcome<T> = Accepted<T> | Refusal

export const accept = <T>(value: T): Accepted<T> => ({ ok: true, value })
export const refuse = (code: RefusalCode, params: Refusal['params'] = {}): Refusal => ({ ok: false, code, params })

export const refusalCodes = [
  // who may, and on what
  'NOT_FOUND',
  'NOT_PERMITTED',
  'VERSION_CONFLICT',
  'WRONG_STATE',
  'IN_PROGRESS_ELSEWHERE',
  'USER_DISABLED',
  // policy against card
  'POLICY_NOT_ASSIGNED',
  'POLICY_RETIRED',
  'POLICY_NEEDS_ALGORITHM',
  'POLICY_NEEDS_SLOT',
  'POLICY_NEEDS_ATTESTATION',
  'POLICY_NEEDS_POLICY_BITS',
  'POLICY_NEEDS_KEY_CHANGE',
  'SUBJECT_INCOMPLETE',
  // requests and replacement
  'REQUEST_WRONG_STATE',
  'REQUEST_NEEDED',
  'REQUEST_OPEN_ALREADY',
  'REQUEST_OF_OTHER_USER',
  'APPROVAL_NEEDED',
  'SEPARATION_OF_DUTIES',
  'USER_HAS_DEVICE',
  'NOT_REPLACEABLE',
  'WORKFLOW_NOT_OFFERED',
  'WORKFLOW_NEEDS_PHONE',
  'NO_POLICY_FOR_REPLACEMENT',
  'POLICY_KEEPS_LOST_KEYS',
  'POLICY_REVOKES_FORGOTTEN_KEYS',
  'POLICY_HAS_FEWER_SLOTS',
  // printing
  'NOT_PRINTABLE',
  'PRINT_ENDED',
  'PRINTER_UNKNOWN',
  'PRINTER_NOT_READY',
  'PRINTER_ONE_SIDED',
  'LAYOUT_NOT_ASSIGNED',
  'LAYOUT_NOT_PRINTABLE',
  // the card
  'CARD_UNKNOWN',
  'CARD_ABSENT',
  'CARD_REMOVED',
  'CARD_EXCHANGED',
  'CARD_IN_USE',
  'READER_LOST',
  'CARD_NOT_IDENTIFIABLE',
  'CARD_NEEDS_CONTACTS',
  'CARD_ISSUED_TO_OTHER',
  'CARD_NOT_ASSIGNED',
  'CARD_ALREADY_ISSUED',
  'CARD_NEEDS_RECYCLING',
  'CARD_NOT_BLANK',
  'CARD_FOREIGN_ADMINISTRATION_KEY',
  'CARD_PUK_BLOCKED',
  'CARD_PUK_UNKNOWN',
  'CARD_PIN_BLOCKED',
  'CARD_ANSWER_UNEXPECTED',
  'CARD_STATUS_UNEXPECTED',
  'CARD_CANNOT_BE_BLANKED',
  'CARD_KEY_MISMATCH',
  'ATTESTATION_FAILED',
  'PROOF_OF_POSSESSION_FAILED',
  // PIN
  'PIN_BREAKS_RULES',
  'PIN_MISSING',
  'PIN_NOT_EXPECTED',
  'PIN_BLOCKED',
  'PIN_REFUSED_BY_CARD',
  'PUK_NOT_OURS',
  'PUK_LAST_TRY',
  // delivery of PIN and PUK
  'DELIVERY_WAITS',
  'DELIVERY_DONE',
  'DELIVERY_GONE',
  // unblocking from afar
  'CHALLENGE_MISTYPED',
  'CHALLENGE_OF_OTHER_CARD',
  'UNBLOCK_NEEDS_OWN_KEY',
  'PIN_WRONG',
  // the device as a login
  'DEVICE_NOT_KNOWN',
  'DEVICE_NOT_ACTIVE',
  'DEVICE_NOT_PROVEN',
  // layouts and photos
  'LAYOUT_NOT_PUBLISHABLE',
  'PHOTO_NOT_A_PICTURE',
  'PHOTO_TOO_LARGE',
  'PHOTO_TOO_SMALL',
  // the certificate authority
  'CA_UNREACHABLE',
  'CA_TIMEOUT',
  'CA_REFUSED',
  'CA_WRONG_CERTIFICATE',
  // ourselves
  'SERVER_INTERRUPTED',
  'RELAY_LOST',
  'STORE_FULL',
  'STORE_UNAVAILABLE',
  'INTERNAL',
] as const
export type RefusalCode = (typeof refusalCodes)[number]
export const isRefusalCode = (code: string): code is RefusalCode => refusalCodes.some(known => known === code)

/** Carries a refusal out of a flow's depth; flows catch it at their top and return the refusal. */
export class RefusalError extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(refusal.code, options)
    this.name = 'RefusalError'
    this.refusal = refusal
  }
}
