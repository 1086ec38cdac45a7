export type LiveEvents<T> = {
  report(state: T): void
  /** The newest state that this server has seen, running or just ended. */
  latest(id: string): T | undefined
  /** Calls back at each change of one piece of work, until the returned function is called. */
  watch(id: string, changed: (state: T) => void): () => void
  /** Calls back at each change of any. */
  watchAll(changed: (state: T) => void): () => void
}

/** Ended ones stay for a while, so that a tab that asks a moment late still gets the live steps. */
const KEPT = 500

/**
 * Pieces of work as they go on, in memory. What is stored is the truth between steps; what is only here (which step runs just
 * now) may be lost with the server without harm.
 */
export const createLiveEvents = <T extends { readonly id: string }>(
  isRunning: (state: T) => boolean,
): LiveEvents<T> => {
  const latest = new Map<string, T>()
  const watchers = new Map<string, Set<(state: T) => void>>()
  const all = new Set<(state: T) => void>()

  const forgetOldest = () => {
    for (const [id, state] of latest) {
      if (latest.size <= KEPT) return
      if (!isRunning(state)) latest.delete(id)
    }
  }
  return {
    report: state => {
      latest.delete(state.id)
      latest.set(state.id, state)
      forgetOldest()
      for (const changed of [...(watchers.get(state.id) ?? []), ...all]) changed(state)
    },
    latest: id => latest.get(id),
    watch: (id, changed) => {
      const own = watchers.get(id) ?? new Set()
      watchers.set(id, own.add(changed))
      return () => {
        own.delete(changed)
        if (own.size === 0) watchers.delete(id)
      }
    },
    watchAll: changed => {
      all.add(changed)
      return () => void all.delete(changed)
    },
  }
}
