import { describe, expect, test } from 'vitest'
import { createFaultyStore, ServerDied, type StoreFault } from './faulty-store.ts'
import { createMemoryStore } from './memory-store.ts'
import { aDevice } from './samples.ts'

const saveTwo = async (fault: StoreFault | null) => {
  const inner = createMemoryStore()
  const store = createFaultyStore(inner, fault)
  const [first, second] = [aDevice(), aDevice()]
  const outcomes = []
  for (const device of [first, second]) {
    outcomes.push(
      await store
        .transaction(tx => tx.devices.save(device))
        .then(
          () => 'answered',
          e => e,
        ),
    )
  }
  return { outcomes, stored: inner.committed().devices.size, store }
}

describe('faulty store', () => {
  test('without a fault it counts', async () => {
    const { outcomes, stored, store } = await saveTwo(null)
    expect([outcomes, stored, store.commits, store.struck]).toEqual([['answered', 'answered'], 2, 2, false])
  })
  test('before: nothing was stored, and the next one works', async () => {
    const { outcomes, stored } = await saveTwo({ commit: 1, when: 'before' })
    expect(outcomes).toMatchObject([{ code: 'STORE_UNAVAILABLE' }, 'answered'])
    expect(stored).toBe(1)
  })
  test('after: it was stored though the answer is lost', async () => {
    const { outcomes, stored } = await saveTwo({ commit: 1, when: 'after' })
    expect(outcomes).toMatchObject([{ code: 'STORE_UNAVAILABLE' }, 'answered'])
    expect(stored).toBe(2)
  })
  test.each([
    ['dead-before', 0],
    ['dead-after', 1],
  ] as const)('%s: nothing works any more', async (when, count) => {
    const { outcomes, stored } = await saveTwo({ commit: 1, when })
    expect(outcomes.every(o => o instanceof ServerDied)).toBe(true)
    expect(stored).toBe(count)
  })
})
