import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * The session's CSRF token is derived from the session token: nothing more to store, and it cannot be had without the
 * cookie, nor the cookie from it.
 */
export const csrfTokenOf = (sessionToken: string): string =>
  createHmac('sha256', sessionToken).update('cardwright csrf token').digest('base64url')

export const tokensAgree = (given: string | string[] | undefined, expected: string): boolean => {
  if (typeof given !== 'string' || given.length !== expected.length) return false
  return timingSafeEqual(Buffer.from(given), Buffer.from(expected))
}
