import type { Logger } from 'pino'

export type Chore = { readonly name: string; readonly everyMs: number; readonly work: () => Promise<unknown> }

/** Chores on a clock. One that fails is logged and tried again at its next turn; none runs twice at once. */
export const startHousekeeping = (chores: readonly Chore[], log: Logger): (() => Promise<void>) => {
  const running = new Set<Promise<unknown>>()
  const timers = chores.map(({ name, everyMs, work }) => {
    let busy = false
    return setInterval(() => {
      if (busy) return
      busy = true
      const run = work()
        .catch(error => log.error({ err: error, chore: name }, 'a chore failed'))
        .finally(() => {
          busy = false
          running.delete(run)
        })
      running.add(run)
    }, everyMs)
  })
  return async () => {
    for (const timer of timers) clearInterval(timer)
    await Promise.allSettled([...running])
  }
}
