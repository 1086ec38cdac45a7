/**
 * CSV of RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe, because names come from
 * directories that anybody may have written to.
 */
const cell = (value: string): string => {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

export const csv = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, ...rows]
    .map(row => row.map(cell).join(','))
    .join('\r\n')
    .concat('\r\n')
