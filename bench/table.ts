import type { Measurement } from './harness.ts'

/** A table for the terminal: names left, values right. */
export function table(measurements: readonly Measurement[]): string {
  const rows = measurements.map(({ name, value, unit, note = '' }) => [name, format(value), unit, note] as const)
  const width = (column: 0 | 1 | 2) => Math.max(0, ...rows.map(row => row[column].length))
  const [names, values, units] = [width(0), width(1), width(2)]
  return rows
    .map(([name, value, unit, note]) =>
      `${name.padEnd(names)}  ${value.padStart(values)} ${unit.padEnd(units)}  ${note}`.trimEnd(),
    )
    .join('\n')
}

/** Four significant digits are more than a benchmark on a shared machine knows; whole numbers stay whole. */
function format(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)))
}
