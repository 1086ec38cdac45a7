/** Where the next page begins, and the total that was counted for the first one: counting again tells nothing new. */
export type Cursor = { readonly after: string; readonly total: number }

export class BadCursorError extends Error {
  readonly code = 'BAD_CURSOR'
  constructor() {
    super('The cursor of the list is not one that was handed out. Load the list from its start.')
    this.name = 'BadCursorError'
  }
}

export const writeCursor = (cursor: Cursor): string => `${cursor.total}.${cursor.after}`

const parse = (text: string, after: RegExp): Cursor => {
  const [, total, rest] = /^(\d{1,15})\.(.+)$/.exec(text) ?? []
  if (total === undefined || rest === undefined || !after.test(rest)) throw new BadCursorError()
  return { after: rest, total: Number(total) }
}

/** A cursor that names the last row of the page before by its id. */
export const readIdCursor = (text: string | undefined): Cursor | null =>
  text === undefined ? null : parse(text, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)

export const readNumberCursor = (text: string | undefined): Cursor | null =>
  text === undefined ? null : parse(text, /^\d{1,15}$/)

export type Page<Row> = { readonly rows: Row[]; readonly total: number; readonly next?: string }

/** `found` holds up to one row more than the page: that there is one tells that there is a next page. */
export const pageFrom = <Found, Row>(
  found: readonly Found[],
  limit: number,
  total: number,
  positionOf: (row: Found) => string,
  rowOf: (row: Found) => Row,
): Page<Row> => {
  const page = found.slice(0, limit)
  const last = page.at(-1)
  const next = found.length > limit && last ? { next: writeCursor({ after: positionOf(last), total }) } : {}
  return { rows: page.map(rowOf), total, ...next }
}

/** `createdAt` ascending, `-createdAt` descending. */
export const readSort = <Name extends string>(sort: Name | `-${Name}`): { name: Name; descending: boolean } =>
  sort.startsWith('-') ? { name: sort.slice(1) as Name, descending: true } : { name: sort as Name, descending: false }
