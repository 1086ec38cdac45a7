import type { StatusPattern } from '../script/script.ts'

const PATTERN = /^[0-9A-FX]{4}$/
/** Stands for each digit in a pattern, as in 61XX of ISO 7816-4 §5.6. */
const ANY_DIGIT = 'X'

/** Every status word matches it: the script goes on whatever the card answers. */
export const ANY_STATUS: StatusPattern = ANY_DIGIT.repeat(4)

export function isStatusPattern(pattern: string): pattern is StatusPattern {
  return PATTERN.test(pattern)
}

export function statusHex(sw: number): string {
  return sw.toString(16).toUpperCase().padStart(4, '0')
}

export function matchesStatus(sw: number, pattern: StatusPattern): boolean {
  const digits = statusHex(sw)
  return (
    digits.length === 4 &&
    pattern.length === 4 &&
    [...pattern].every((digit, i) => digit === ANY_DIGIT || digit === digits[i])
  )
}

export function isAccepted(sw: number, patterns: readonly StatusPattern[]): boolean {
  return patterns.some(pattern => matchesStatus(sw, pattern))
}

/**
 * Tries left of a PIN or PUK as the word tells it: 63CX (SP 800-73-5 part 2 §3.2.1), 6983 = none.
 * YubiKey NEO says 630X instead; its 6300 tells nothing.
 */
export function attemptsRemaining(sw: number): number | undefined {
  if ((sw & 0xfff0) === 0x63c0) return sw & 0x0f
  if (sw === 0x6983) return 0
  if ((sw & 0xfff0) === 0x6300 && sw !== 0x6300) return sw & 0x0f
  return undefined
}

const MEANINGS: readonly (readonly [pattern: StatusPattern, meaning: string])[] = [
  ['9000', 'success'],
  ['61XX', 'success, more data waits'],
  ['6283', 'the selected application is locked'],
  ['6300', 'verification failed'],
  ['6310', 'more data waits'],
  ['63CX', 'verification failed, tries are left'],
  ['6581', 'the card could not write its memory'],
  ['6700', 'wrong length'],
  ['6881', 'logical channel not supported'],
  ['6882', 'secure messaging not supported'],
  ['6884', 'command chaining not supported'],
  ['6982', 'not allowed: PIN or administration key was not accepted first'],
  ['6983', 'blocked: no tries are left'],
  ['6985', 'the card does not allow this in its present state'],
  ['6987', 'secure messaging data are missing'],
  ['6988', 'secure messaging data are wrong'],
  ['6A80', 'wrong data in the command'],
  ['6A81', 'function not supported'],
  ['6A82', 'object or application not found'],
  ['6A84', 'not enough memory on the card'],
  ['6A86', 'wrong parameters P1 P2'],
  ['6A88', 'referenced key or data not found'],
  ['6B00', 'wrong parameters P1 P2'],
  ['6CXX', 'wrong expected length'],
  ['6D00', 'command not supported'],
  ['6E00', 'class not supported'],
  ['6F00', 'the card reports an internal error'],
]

/** Commands that carry a new PIN or PUK, of which a card may think badly. */
const SETS_REFERENCE = ['piv.change-pin', 'piv.change-puk', 'piv.reset-retry-counter']

/**
 * What a status word means, for a person who knows cards (ISO 7816-4 §5.6, SP 800-73-5 part 2 §3). `command` is the
 * name of the command that was answered, where it is known: YubiKeys with PIN complexity or in FIPS mode say 6985,
 * others 6A80 to a value against their own rule.
 */
export function describeStatus(sw: number, command?: string): string {
  if ((sw === 0x6985 || sw === 0x6a80) && command !== undefined && SETS_REFERENCE.includes(command)) {
    return 'the card refuses the new value: its own rules (length, digits only, PIN complexity, FIPS mode) forbid it'
  }
  return MEANINGS.find(([pattern]) => matchesStatus(sw, pattern))?.[1] ?? 'a status word without general meaning'
}
