import { createMemoryStore, sample } from '@cardwright/adapters/testing'
import type { IssuancePorts } from '@cardwright/core'
import { expect, test } from 'vitest'
import { sweep } from './sweeper.ts'

test('a slow issuance that runs in this process is not swept though its lease is over; one that nobody runs is', async () => {
  const store = createMemoryStore()
  const put = (lease: { owner: string; until: number }) =>
    store.transaction(async tx => {
      const device = await tx.devices.save(sample.aDevice({ state: 'IN_PRODUCTION' }))
      return (await tx.issuances.save(sample.anIssuance(device?.id ?? '', { lease })))?.id ?? ''
    })
  const slow = await put({ owner: 'here', until: sample.aTime })
  const abandoned = await put({ owner: 'there', until: sample.aTime })
  const alive = await put({ owner: 'there', until: sample.aTime + 60_000 })
  const ports = {
    store,
    clock: () => sample.aTime + 1,
    owner: 'here',
    progress: { report: () => {} },
  } as unknown as IssuancePorts
  expect(await sweep(ports, id => id === slow, false)).toBe(1)
  const state = (id: string) => store.committed().issuances.get(id)?.state
  expect([slow, abandoned, alive].map(state)).toEqual(['RUNNING', 'FAILED', 'RUNNING'])
  expect(await sweep(ports, () => false, false)).toBe(1)
  expect(state(slow)).toBe('FAILED')
})
