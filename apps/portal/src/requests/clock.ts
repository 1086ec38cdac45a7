import type { RequestView } from '@cardwright/contract'
import { t } from '../texts/t.ts'
import { isOpen } from './request-words.ts'

const hour = 3_600_000
/** FIPS 201-3 §2.9.1: a lost or stolen card's certificates are revoked within 18 hours of the report. */
const limit = 18 * hour

/** "5 minutes", "3 hours", "2 days": how long, rounded down; below a minute it is one. */
export const ageWords = (milliseconds: number): string => {
  const minutes = Math.max(1, Math.floor(milliseconds / 60_000))
  if (minutes < 60) return t('age.minutes', { count: minutes })
  if (minutes < 48 * 60) return t('age.hours', { count: Math.floor(minutes / 60) })
  return t('age.days', { count: Math.floor(minutes / (24 * 60)) })
}

/** How long a request has been open, or was. Times in milliseconds. */
export const ageOf = ({ requestedAt, endedAt }: Pick<RequestView, 'requestedAt' | 'endedAt'>, now: number): number =>
  Math.max(0, (endedAt ? Date.parse(endedAt) : now) - Date.parse(requestedAt))

/** The clock of an open loss report, or null where none runs: milliseconds left, below zero once it is overdue. */
export const lossClock = (
  request: Pick<RequestView, 'type' | 'state' | 'reason' | 'device' | 'requestedAt'>,
  now: number,
): number | null => {
  const lost = request.reason === 'LOST' || request.reason === 'STOLEN'
  if (request.type !== 'REPLACEMENT' || !lost || !isOpen(request)) return null
  // A terminated device's certificates are revoked already.
  if (request.device?.state === 'TERMINATED') return null
  return Date.parse(request.requestedAt) + limit - now
}
