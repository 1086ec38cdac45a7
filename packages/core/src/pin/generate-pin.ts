import { type PinRules, pinIsAllowed } from './pin-rules.ts'

/** `bytes` random bytes from a CSPRNG. */
export type RandomBytes = (bytes: number) => Uint8Array

const digits = (length: number, random: RandomBytes): string => {
  let out = ''
  while (out.length < length) {
    for (const byte of random(length * 2)) {
      // 250 is the largest multiple of 10 below 256: a byte above it would make low digits likelier.
      if (byte < 250 && out.length < length) out += String(byte % 10)
    }
  }
  return out
}

/**
 * A random initial PIN that keeps the rules (I-8), with `wanted` digits (CardsPINLength) or as near to it as the rules
 * allow: a PIV PIN has 6 to 8 (SP 800-73-5 part 2 §2.4.3). Candidates that break a rule are thrown away, never mended, so
 * that every allowed PIN is equally likely. Throws RangeError if no PIN can keep the rules.
 */
export const generatePin = (rules: PinRules, wanted: number, random: RandomBytes): string => {
  const length = Math.min(Math.max(wanted, rules.minLength), rules.maxLength)
  for (let tries = 0; tries < 10_000; tries++) {
    const pin = digits(length, random)
    if (pinIsAllowed(pin, rules)) return pin
  }
  throw new RangeError('no PIN keeps these rules')
}

/** PUK of 8 digits, the one length that CardsPUKLength allows: SP 800-73-5 allows any bytes, middleware in the field can only type digits. */
export const generatePuk = (random: RandomBytes): string => {
  for (;;) {
    const puk = digits(8, random)
    if (puk !== '12345678' && new Set(puk).size >= 4) return puk
  }
}
