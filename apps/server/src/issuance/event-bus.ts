import type { Issuance, ProgressSink } from '@cardwright/core'

export type IssuanceEvents = ProgressSink & {
  /** The newest state that this server has seen, running or just ended. */
  latest(id: string): Issuance | undefined
  /** Calls back at each change of one issuance, until the returned function is called. */
  watch(id: string, changed: (issuance: Issuance) => void): () => void
  /** Calls back at each change of any issuance. */
  watchAll(changed: (issuance: Issuance) => void): () => void
}

/** Ended issuances stay for a while, so that a tab that asks a moment late still gets the live steps. */
const KEPT = 500

/**
 * Issuances as they go on, in memory. What is stored is the truth between steps; what is only here (which step runs just
 * now) may be lost with the server without harm.
 */
export const createIssuanceEvents = (): IssuanceEvents => {
  const latest = new Map<string, Issuance>()
  const watchers = new Map<string, Set<(issuance: Issuance) => void>>()
  const all = new Set<(issuance: Issuance) => void>()

  const forgetOldest = () => {
    for (const [id, issuance] of latest) {
      if (latest.size <= KEPT) return
      if (issuance.state !== 'RUNNING') latest.delete(id)
    }
  }
  return {
    report: issuance => {
      latest.delete(issuance.id)
      latest.set(issuance.id, issuance)
      forgetOldest()
      for (const changed of [...(watchers.get(issuance.id) ?? []), ...all]) changed(issuance)
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
