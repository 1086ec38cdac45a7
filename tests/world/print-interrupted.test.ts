import { createFaultyStore } from '@cardwright/adapters/testing'
import { cancelPrint, sweepPrints } from '@cardwright/core'
import { describe, expect, test } from 'vitest'
import { openPrintRoom } from './print.ts'
import { operator } from './world.ts'

const nothingRuns = () => false
/** Two that only look, the claim, and then the commit that says that the printer is about to hear of it. */
const SENT = 4

describe('a server dies while it prints', () => {
  test('P-7: after the lease nobody knows, it is said so, and nothing is printed again by itself', async () => {
    const room = await openPrintRoom()
    const { job } = await room.print()
    await room.printer.arrived()
    const survivor = { ...room.ports, owner: 'server-2' }
    room.world.now += 59_000
    expect(await sweepPrints(survivor, nothingRuns, false)).toBe(0)
    room.world.now += 2000
    expect(await sweepPrints(survivor, id => id === job.id, false)).toBe(0)
    expect(await sweepPrints(survivor, nothingRuns, false)).toBe(1)
    expect(room.stored(job)).toMatchObject({ state: 'FAILED', fault: { code: 'UNKNOWN_OUTCOME', mayHaveMoved: true } })
    expect(room.told.at(-1)?.job.state).toBe('FAILED')
    expect(room.world.store.committed().devices.get(room.device.id)).toEqual(room.device)
    // The late word of the first server changes nothing any more.
    room.printer.end({ kind: 'PRINTED' })
    expect(room.stored(job)?.state).toBe('FAILED')
    expect(room.printer.orders).toHaveLength(1)
    expect(room.actions()).toEqual(['print.started', 'print.failed'])
    expect((await room.print({}, survivor)).job.print).toBe(2)
  })

  test('a print that was not sent yet did not come out for certain', async () => {
    const room = await openPrintRoom()
    const dying = createFaultyStore(room.world.store, { commit: SENT, when: 'dead-before' })
    const { job, finished } = await room.print({}, { ...room.ports, store: dying })
    await finished
    expect(room.stored(job)?.state).toBe('QUEUED')
    expect(await sweepPrints(room.ports, nothingRuns, true)).toBe(1)
    expect(room.stored(job)).toMatchObject({ state: 'FAILED', fault: { code: 'JOB_ABORTED', mayHaveMoved: false } })
    expect(room.printer.orders).toEqual([])
  })

  test.each(['before', 'after', 'dead-before', 'dead-after'] as const)(
    'P-7: wherever a commit breaks (%s), a card is sent once at most and the job ends',
    async when => {
      for (let commit = 1; ; commit++) {
        const room = await openPrintRoom()
        const store = createFaultyStore(room.world.store, { commit, when })
        const started = room.print({}, { ...room.ports, store }).catch(() => null)
        const over = started.then(async print => {
          await print?.finished
          return false
        })
        const sent = await Promise.race([room.printer.arrived().then(() => true), over])
        if (sent) room.printer.end({ kind: 'PRINTED' })
        await (await started)?.finished
        room.world.now += 120_000
        await sweepPrints(room.ports, nothingRuns, true)
        const jobs = [...room.world.store.committed().printJobs.values()]
        expect(jobs.every(job => job.endedAt !== null && job.lease === null)).toBe(true)
        // "It did not come out" is said only where nothing was sent.
        for (const { fault } of jobs) if (fault?.mayHaveMoved === false) expect(room.printer.orders).toEqual([])
        expect(room.printer.orders.length).toBeLessThanOrEqual(1)
        expect(room.world.store.committed().devices.get(room.device.id)).toEqual(room.device)
        if (!store.struck) break
      }
    },
  )

  test('a print that somebody cancelled before it was sent is cancelled, at this server or another', async () => {
    const room = await openPrintRoom()
    const dying = createFaultyStore(room.world.store, { commit: SENT, when: 'dead-before' })
    const { job, finished } = await room.print({}, { ...room.ports, store: dying })
    await finished
    expect(room.stored(job)?.state).toBe('QUEUED')
    await cancelPrint(room.world.store, job.id, operator)
    expect(await sweepPrints(room.ports, nothingRuns, true)).toBe(1)
    expect(room.stored(job)).toMatchObject({ state: 'CANCELLED', fault: null, cancelledBy: operator })
  })
})
