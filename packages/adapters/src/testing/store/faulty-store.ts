import { type Store, StoreError } from '@cardwright/core'

/**
 * `before`: the transaction is rolled back and the caller hears of it. `after`: it is committed and the answer gets lost
 * on the way, so the caller hears the same. `dead-before`, `dead-after`: the server dies there; nothing works any more
 * until a new store is made over the same data.
 */
export type StoreFault = { readonly commit: number; readonly when: 'before' | 'after' | 'dead-before' | 'dead-after' }

/** In place of an answer that a dead server could not have used; a test catches it where the server would have been. */
export class ServerDied extends Error {
  constructor() {
    super('The server died here')
    this.name = 'ServerDied'
  }
}

export type FaultyStore = Store & {
  /** Commits begun since the start: how many places there are to cut. */
  readonly commits: number
  readonly struck: boolean
}

/** Counts commits, from 1, and breaks the one that the fault names; with null it only counts. */
export const createFaultyStore = (inner: Store, fault: StoreFault | null): FaultyStore => {
  let commits = 0
  let struck = false
  let dead = false

  const strike = (): Error => {
    struck = true
    dead = fault?.when === 'dead-before' || fault?.when === 'dead-after'
    return dead ? new ServerDied() : new StoreError('STORE_UNAVAILABLE', 'The connection to the database was lost.')
  }

  return {
    get commits() {
      return commits
    },
    get struck() {
      return struck
    },
    async transaction(work) {
      if (dead) throw new ServerDied()
      let number = 0
      const value = await inner.transaction(async tx => {
        const result = await work(tx)
        // After a conflict the inner store runs the work again; that is still the same commit.
        if (number === 0) number = ++commits
        if (number === fault?.commit && (fault.when === 'before' || fault.when === 'dead-before')) throw strike()
        return result
      })
      if (dead) throw new ServerDied()
      if (number === fault?.commit) throw strike()
      return value
    },
  }
}
