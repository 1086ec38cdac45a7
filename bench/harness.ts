/** One figure. `name` is stable (`issue.round_trips`), so that runs can be compared; `note` says how it was taken. */
export type Measurement = { name: string; value: number; unit: string; note?: string }

export type Report = (measurement: Measurement) => void

/** What a file in bench/groups exports. A group cleans up after itself, also when it fails. */
export type Group = { name: string; run(report: Report): Promise<void> }

/** Nearest-rank percentile of the values, `p` from 0 to 100. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)]
  if (value === undefined) throw new RangeError('a percentile of no values')
  return value
}

export function median(values: readonly number[]): number {
  return percentile(values, 50)
}

/** Seconds that `work` took. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}
