import { type IssuancePorts, type Store, sweepAbandoned } from '@cardwright/core'
import type { Logger } from 'pino'

/** How often servers give a sign of life for what they run, and look for issuances whose server fell silent. */
const EVERY_MS = 5_000

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

/** A card may take minutes for one script; without a word meanwhile another server would take the issuance over. */
const signOfLife = async (ports: IssuancePorts, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return
  const until = ports.clock() + ports.leaseMs
  await ports.store.transaction(tx => tx.issuances.renew(ids, ports.owner, until))
}

/** At the start what this server itself left behind is swept at once; then what any server left, as its lease ends. */
export const startSweeper = async (
  ports: IssuancePorts,
  service: { isRunning(id: string): boolean; runningIds(): readonly string[] },
  log: Logger,
): Promise<() => void> => {
  const { isRunning } = service
  const swept = await sweep(ports, isRunning, true)
  if (swept > 0) log.warn({ swept }, 'issuances that were interrupted wait for Retry, Cancel or recycle')
  const look = async () => {
    await signOfLife(ports, service.runningIds())
    await sweep(ports, isRunning, false)
  }
  const timer = setInterval(() => {
    look().catch(error => log.error(error, 'looking for interrupted issuances failed'))
  }, EVERY_MS)
  return () => clearInterval(timer)
}
