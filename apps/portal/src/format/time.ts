const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** Making a format takes some hundred times as long as using it, and a list has a hundred times in it. */
const kept = <F>(make: (locale: string, timeZone: string | undefined) => F) => {
  const made = new Map<string, F>()
  return (locale: string, timeZone?: string): F => {
    const name = `${locale} ${timeZone}`
    const format = made.get(name) ?? make(locale, timeZone)
    made.set(name, format)
    return format
  }
}

const relative = kept(locale => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }))

const day = { year: 'numeric', month: 'short', day: 'numeric' } as const
const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' } as const
const exact = kept((locale, timeZone) => new Intl.DateTimeFormat(locale, { ...day, ...time, timeZone }))
const days = kept((locale, timeZone) => new Intl.DateTimeFormat(locale, { ...day, timeZone }))

/** "2 hours ago", "in 3 weeks"; below a minute "now". `now` in milliseconds. */
export const relativeTime = (iso: string, now: number, locale = 'en'): string => {
  const seconds = Math.round((Date.parse(iso) - now) / 1000)
  const format = relative(locale)
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit)
  }
  return format.format(0, 'second')
}

/** Date and time in the viewer's zone, with the zone named. */
export const exactTime = (iso: string, locale = 'en-GB', timeZone?: string): string =>
  exact(locale, timeZone).format(new Date(iso))

export const dayOf = (iso: string, locale = 'en-GB', timeZone?: string): string =>
  days(locale, timeZone).format(new Date(iso))

/** Minutes and seconds, "1:05". */
export const elapsed = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** Share of a validity period that has passed, 0…1. */
export const passedShare = (from: string, to: string, now: number): number => {
  const start = Date.parse(from)
  const end = Date.parse(to)
  if (!(end > start)) return 1
  return Math.min(1, Math.max(0, (now - start) / (end - start)))
}

export const daysLeft = (to: string, now: number): number => Math.floor((Date.parse(to) - now) / 86_400_000)
