/** What a list keeps in its address, so that a view can be linked to and comes back with the Back button. */
export type ListSearch = {
  readonly q?: string
  readonly sort?: string
  readonly cursor?: string
  readonly page?: number
}

type Raw = Readonly<Record<string, unknown>>

export const textParam = (raw: Raw, name: string, max = 120): string | undefined => {
  const value = raw[name]
  // The router reads `?q=123` as a number; a serial number is a text all the same.
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
  return text.trim() === '' ? undefined : text.slice(0, max)
}

export const wordParam = <W extends string>(raw: Raw, name: string, words: readonly W[]): W | undefined =>
  words.find(word => word === raw[name])

export const pageParam = (raw: Raw): number | undefined => {
  const value = Number(raw.page)
  return Number.isInteger(value) && value > 1 && value < 1_000_000 ? value : undefined
}

/** Without the members that are not set, so that the address stays short. */
export const compact = <T extends object>(search: T): T =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== '')) as T

/** A changed filter or order begins again on the first page. */
export const refined = <S extends ListSearch>(search: S, change: Partial<S>): S =>
  compact({ ...search, ...change, cursor: undefined, page: undefined })

export const isFiltered = (search: object): boolean =>
  Object.entries(search).some(([name, value]) => !['sort', 'cursor', 'page'].includes(name) && value !== undefined)
