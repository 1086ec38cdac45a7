import { createFaultyStore, type StoreFault } from '@cardwright/adapters/testing'
import { type Store, StoreError } from '@cardwright/core'
import { type Fault, NOWHERE, upTo } from './fault.ts'

const titles: Readonly<Record<StoreFault['when'], string>> = {
  before: 'database fails before a commit',
  after: 'database commits and its answer is lost',
  'dead-before': 'server dies before a commit',
  'dead-after': 'server dies after a commit',
}

/** One commit fails, or its answer gets lost, or the server dies on it. */
export const database = (when: StoreFault['when']): Fault => ({
  name: titles[when],
  arm(stage, place) {
    const store = createFaultyStore(stage.watch, place === NOWHERE ? null : { commit: place, when })
    return {
      ports: stage.server({ store }),
      places: () => upTo(store.commits),
      struck: () => store.struck,
      comesBack: when === 'dead-before',
    }
  },
})

/** From one commit on nothing can be written any more, as with a full disk; it stays so until somebody frees space. */
export const diskFull: Fault = {
  name: 'disk is full from a commit on',
  arm(stage, place) {
    let commits = 0
    let struck = false
    const store: Store = {
      transaction: work =>
        stage.watch.transaction(async tx => {
          const value = await work(tx)
          commits++
          if (place === NOWHERE || commits < place) return value
          struck = true
          throw new StoreError('STORE_FULL', 'No space is left for the database.')
        }),
    }
    return { ports: stage.server({ store }), places: () => upTo(commits), struck: () => struck }
  },
}
