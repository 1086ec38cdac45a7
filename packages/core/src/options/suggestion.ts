/** Letters to change, add, leave out or swap (Damerau–Levenshtein, adjacent swaps only); stops above `limit`. */
const distance = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? limit) + 1 : changed
      next.push(Math.min(changed, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    before = row
    row = next
  }
  return row[b.length] ?? 0
}

/** What was meant, if it is near enough not to be a guess; upper and lower case do not count. */
export const suggestion = (written: string, known: readonly string[]): string | null => {
  const limit = Math.max(1, Math.floor(written.length / 5))
  const near = known
    .map(name => ({ name, far: distance(written.toLowerCase(), name.toLowerCase(), limit) }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far)
  return near[0]?.name ?? null
}
