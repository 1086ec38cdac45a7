import { type IssuancePorts, type Store, sweepAbandoned } from '@cardwright/core'
import type { Logger } from 'pino'

/** How often servers look for issuances whose server fell silent. */
const EVERY_MS = 30_000

/** The store without the issuances that this process works on: those are slow, not abandoned. */
const without = (store: Store, isRunning: (id: string) => boolean): Store => ({
  transaction: work =>
    store.transaction(tx =>
      work({
        ...tx,
        issuances: {
          ...tx.issuances,
          abandoned: async now => (await tx.issuances.abandoned(now)).filter(issuance => !isRunning(issuance.id)),
        },
      }),
    ),
})

/**
 * One look for issuances whose server fell silent. Those that run in this process stay, however late they are: their end
 * is known here. Another server cannot know, and sweeps them once their lease has ended.
 */
export const sweep = (ports: IssuancePorts, isRunning: (id: string) => boolean, ownToo: boolean): Promise<number> =>
  sweepAbandoned({ ...ports, store: without(ports.store, isRunning) }, ownToo)

/** At the start what this server itself left behind is swept at once; then what any server left, as its lease ends. */
export const startSweeper = async (
  ports: IssuancePorts,
  isRunning: (id: string) => boolean,
  log: Logger,
): Promise<() => void> => {
  const swept = await sweep(ports, isRunning, true)
  if (swept > 0) log.warn({ swept }, 'issuances that were interrupted wait for Retry, Cancel or recycle')
  const timer = setInterval(() => {
    sweep(ports, isRunning, false).catch(error => log.error(error, 'looking for interrupted issuances failed'))
  }, EVERY_MS)
  return () => clearInterval(timer)
}
