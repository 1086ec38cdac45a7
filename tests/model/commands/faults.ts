import { createFaultyStore } from '@cardwright/adapters/testing'
import type { IssuancePorts } from '@cardwright/core'
import fc from 'fast-check'
import type { Organisation } from '../organisation.ts'

/** Something breaks on the way, at the n-th change of the card or the n-th commit. */
export type Fault =
  | { readonly breaks: 'nothing' }
  | { readonly breaks: 'card'; readonly n: number; readonly when: 'before' | 'after' }
  | { readonly breaks: 'store'; readonly n: number; readonly when: 'before' | 'after' | 'dead-before' | 'dead-after' }

/** Something breaks five times in `nothing` + 5. */
export const faults = (nothing: number): fc.Arbitrary<Fault> =>
  fc.oneof(
    { weight: nothing, arbitrary: fc.constant<Fault>({ breaks: 'nothing' }) },
    {
      weight: 2,
      arbitrary: fc.record({
        breaks: fc.constant('card' as const),
        n: fc.integer({ min: 1, max: 20 }),
        when: fc.constantFrom('before', 'after'),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        breaks: fc.constant('store' as const),
        n: fc.integer({ min: 1, max: 9 }),
        when: fc.constantFrom('before', 'after', 'dead-before', 'dead-after'),
      }),
    },
  )

export type Armed = { readonly ports: IssuancePorts; struck(): boolean; disarm(): void }

export const arm = (org: Organisation, index: number, fault: Fault): Armed => {
  const authorityIsAway = () => org.caLeft === 0
  if (fault.breaks === 'store') {
    const store = createFaultyStore(org.world.store, { commit: fault.n, when: fault.when })
    return { ports: org.server({ store }), struck: () => store.struck || authorityIsAway(), disarm: () => undefined }
  }
  const card = org.cards[index]?.card
  let pulled = false
  const stop = card?.onPowerLost(() => {
    pulled = true
  })
  if (fault.breaks === 'card') card?.cutPowerAfter(fault.n, fault.when)
  return {
    ports: org.server(),
    struck: () => pulled || authorityIsAway(),
    disarm: () => {
      stop?.()
      card?.cutPowerAfter(1_000_000_000, 'before')
    },
  }
}

export const shownFault = (fault: Fault): string =>
  fault.breaks === 'nothing' ? '' : ` with ${fault.breaks} cut ${fault.when} ${fault.n}`
