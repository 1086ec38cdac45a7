export type Steady<Row> = {
  /** In the order in which they were first shown. */
  readonly rows: readonly Row[]
  /** Keys of rows that the newest answer no longer holds. */
  readonly left: ReadonlySet<string>
  /** How many rows would have come in between. */
  readonly fresh: number
}

/**
 * A list that is read while it changes: rows keep their places and take their new contents, those that have left stay
 * until the reader moves on, those that come after the last one are added below, and those that would push others down
 * are only counted.
 */
export const steady = <Row>(shown: readonly Row[], latest: readonly Row[], key: (row: Row) => string): Steady<Row> => {
  const now = new Map(latest.map(row => [key(row), row]))
  const before = new Set(shown.map(key))
  const lastCommon = latest.findLastIndex(row => before.has(key(row)))
  const unknown = latest.map((row, at) => ({ row, at })).filter(({ row }) => !before.has(key(row)))
  const below = unknown.filter(({ at }) => at > lastCommon).map(({ row }) => row)
  return {
    rows: [...shown.map(row => now.get(key(row)) ?? row), ...below],
    left: new Set(shown.map(key).filter(k => !now.has(k))),
    fresh: unknown.length - below.length,
  }
}
