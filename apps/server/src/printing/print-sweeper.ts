import type { Logger } from 'pino'
import type { PrintService } from './print-service.ts'

/** How often servers give a sign of life for what they print, and look for prints whose server fell silent. */
const EVERY_MS = 5_000

/** At the start what this server itself left behind is ended at once: nobody knows whether it came out. */
export const startPrintSweeper = async (prints: PrintService, log: Logger): Promise<() => void> => {
  const swept = await prints.sweepOwn()
  if (swept > 0) log.warn({ swept }, 'prints were interrupted: somebody has to look whether the cards came out')
  const timer = setInterval(() => {
    prints.look().catch(error => log.error(error, 'looking for interrupted prints failed'))
  }, EVERY_MS)
  return () => clearInterval(timer)
}
