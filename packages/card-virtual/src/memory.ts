import { CardError } from '@cardwright/card'
import type { Persistent } from './state.ts'

/** One persistent change that took place; `number` counts from 1 for each card object. */
export type Effect = { readonly number: number; readonly name: string }

/** Where power goes away: just before the n-th effect from now, or just after it and before the card answers. */
export type PowerCut = 'before' | 'after'

/** The store could not keep the state: the card answers 6581 (memory failure, ISO 7816-4 §5.6) and stays as it was. */
export class MemoryFailure extends Error {}

export type Memory = {
  state(): Persistent
  write(name: string, next: Persistent): Promise<void>
  effects(): number
  onEffect(listener: (effect: Effect) => void): () => void
  cutPowerAfter(n: number, variant: PowerCut): void
}

/** Persistent state behind one door. `persist` must be atomic; `powerFails` is called at a cut point. */
export function createMemory(
  initial: Persistent,
  persist: (state: Persistent) => Promise<void>,
  powerFails: () => void,
): Memory {
  let state = initial
  let count = 0
  let cut: { readonly at: number; readonly variant: PowerCut } | undefined
  const listeners = new Set<(effect: Effect) => void>()

  function cutIf(variant: PowerCut, number: number): void {
    if (cut?.at !== number || cut.variant !== variant) return
    cut = undefined
    powerFails()
    throw new CardError('CARD_REMOVED', 'the card lost its power')
  }

  return {
    state: () => state,
    effects: () => count,
    async write(name, next) {
      const number = count + 1
      cutIf('before', number)
      try {
        await persist(next)
      } catch (cause) {
        throw new MemoryFailure('the state of the virtual card could not be stored', { cause })
      }
      count = number
      state = next
      for (const listener of listeners) listener({ number, name })
      cutIf('after', number)
    },
    onEffect(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    cutPowerAfter(n, variant) {
      if (!Number.isInteger(n) || n < 1) throw new TypeError('the first effect is number 1')
      cut = { at: count + n, variant }
    },
  }
}
