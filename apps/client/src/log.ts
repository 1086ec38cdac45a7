import { appendFileSync } from 'node:fs'

/**
 * Appends events to a file that the administrator named; without one nothing is written. Callers give no secret: neither
 * messages nor APDUs come here. A file that cannot be written must not stop a card operation.
 */
export const createLog = (file: string | undefined): ((event: string) => void) => {
  if (file === undefined) return () => {}
  return event => {
    const line = `${new Date().toISOString()} ${process.pid} ${event.replaceAll(/[\r\n]+/g, ' ').slice(0, 1000)}\n`
    try {
      appendFileSync(file, line, { mode: 0o600 })
    } catch {
      // Nothing to tell it to: the browser shows stderr to nobody.
    }
  }
}
