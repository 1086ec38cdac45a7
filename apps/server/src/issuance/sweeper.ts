import { type IssuancePorts, sweepAbandoned } from '@cardwright/core'
import type { Logger } from 'pino'

/** How often servers look for issuances whose server fell silent. */
const EVERY_MS = 30_000

/** At the start what this server itself left behind is swept at once; then what any server left, as its lease ends. */
export const startSweeper = async (ports: IssuancePorts, log: Logger): Promise<() => void> => {
  const swept = await sweepAbandoned(ports, true)
  if (swept > 0) log.warn({ swept }, 'issuances that were interrupted wait for Retry, Cancel or recycle')
  const timer = setInterval(() => {
    sweepAbandoned(ports, false).catch(error => log.error(error, 'looking for interrupted issuances failed'))
  }, EVERY_MS)
  return () => clearInterval(timer)
}
