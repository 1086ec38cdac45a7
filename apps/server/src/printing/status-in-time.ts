import type { Printer, PrinterStatus } from '@cardwright/core'

/** Pages that show printers ask every few seconds: one that says nothing must not hold up what the others say. */
const PATIENCE_MS = 3000

const silent: PrinterStatus = {
  state: 'FAULT',
  faults: [{ code: 'OFFLINE', severity: 'ERROR', keyword: 'no-answer-in-time' }],
  twoSided: false,
}

/** What a printer says of itself; one that does not answer within a few seconds is OFFLINE. */
export const statusInTime = async (printer: Printer, patienceMs = PATIENCE_MS): Promise<PrinterStatus> => {
  const { promise, resolve } = Promise.withResolvers<PrinterStatus>()
  const patience = setTimeout(() => resolve(silent), patienceMs)
  try {
    return await Promise.race([printer.status(), promise])
  } finally {
    clearTimeout(patience)
  }
}
