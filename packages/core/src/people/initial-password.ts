import type { RandomBytes } from '../pin/generate-pin.ts'

/** Digits and letters of which no two look alike in print: of O 0, I L 1, S 5, Z 2, B 8 and U V neither or one is here. */
const letters = '34679ACDEFGHJKMNPQRTVWXY'
const LENGTH = 16
const GROUP = 4
/** The first letters say which of a user's passwords it is; the other 14 are secret: 14 · log2(24) = 64 bits. */
const SELECTOR = 2

/** A random password in four groups of four, `7KMX-…`. */
export const initialPassword = (random: RandomBytes): string => {
  let out = ''
  // 240 is the largest multiple of 24 below 256: a byte above it would make some letters likelier.
  while (out.length < LENGTH)
    for (const byte of random(LENGTH)) if (byte < 240 && out.length < LENGTH) out += letters[byte % letters.length]
  return (out.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-')
}

/** What was typed, without case, spaces and dashes. */
export const normaliseInitialPassword = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/[\s\p{Pd}\p{Cf}]/gu, '')
    .toUpperCase()

/** Finds the one that is meant, so that each try costs one slow hash however many there are. */
export const initialPasswordSelector = (typed: string): string => normaliseInitialPassword(typed).slice(0, SELECTOR)
