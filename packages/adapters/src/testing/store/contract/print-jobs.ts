import type { PrintJob } from '@cardwright/core'
import { describe, expect, test } from 'vitest'
import { aDevice, aPrintJob, aTime, aUser } from '../samples.ts'
import type { StoreHarness } from '../store-contract.ts'

const fault = { code: 'UNKNOWN_OUTCOME', severity: 'ERROR', keyword: '', mayHaveMoved: true } as const

export const printJobsContract = (its: () => StoreHarness): void => {
  describe('print jobs and their pictures', () => {
    const printable = async () => {
      const user = aUser()
      await its().addUser(user)
      const device = await its().store.transaction(tx => tx.devices.save(aDevice({ state: 'ISSUED', userId: user.id })))
      if (!device) throw new Error('The device was not stored')
      return { deviceId: device.id, userId: user.id }
    }
    const save = (job: PrintJob) => its().store.transaction(tx => tx.printJobs.save(job))
    const stored = async (of: { deviceId: string; userId: string }, change: Partial<PrintJob> = {}) => {
      const saved = await save(aPrintJob(of.deviceId, of.userId, change))
      if (!saved) throw new Error('The job was not stored')
      return saved
    }
    const ended = (state: PrintJob['state']) => ({ state, lease: null, endedAt: aTime + 9 })

    test('a job comes back as it was saved, with its fault and who cancelled it', async () => {
      const of = await printable()
      const job = aPrintJob(of.deviceId, of.userId, {
        ...ended('FAILED'),
        fault,
        print: 3,
        cancelledBy: { kind: 'operator', id: 'o-2', label: 'Somebody else' },
      })
      expect(await save(job)).toEqual({ ...job, version: 1 })
      expect(await its().store.transaction(tx => tx.printJobs.get(job.id))).toEqual({ ...job, version: 1 })
    })

    test('P-7: a device has one open job at most; an ended one makes room, newest first', async () => {
      const of = await printable()
      const first = await stored(of)
      expect(await save(aPrintJob(of.deviceId, of.userId, { print: 2 }))).toBeNull()
      expect(await its().store.transaction(tx => tx.printJobs.openOfDevice(of.deviceId))).toEqual(first)
      const done = await save({ ...first, ...ended('PRINTED') })
      expect(await its().store.transaction(tx => tx.printJobs.openOfDevice(of.deviceId))).toBeNull()
      const second = await stored(of, { print: 2 })
      expect(await its().store.transaction(tx => tx.printJobs.ofDevice(of.deviceId))).toEqual([second, done])
    })

    test('P-7: two tries of a device never have the same number', async () => {
      const of = await printable()
      await stored(of, ended('PRINTED'))
      expect(await save(aPrintJob(of.deviceId, of.userId, ended('PRINTED')))).toBeNull()
    })

    test('P-7: of two servers that change one job, one wins', async () => {
      const job = await stored(await printable())
      const change = (store: StoreHarness['store'], state: PrintJob['state']) =>
        store.transaction(async tx => {
          const now = await tx.printJobs.get(job.id)
          return now?.version === job.version ? tx.printJobs.save({ ...now, ...ended(state) }) : null
        })
      const changed = await Promise.all([change(its().store, 'PRINTED'), change(its().other, 'CANCELLED')])
      expect(changed.filter(saved => saved !== null)).toHaveLength(1)
    })

    test('P-7: abandoned: open, and the lease ended before now; a sign of life of its own server alone keeps it', async () => {
      const late = await stored(await printable(), { lease: { owner: 'a', until: aTime } })
      const printing = await stored(await printable(), { state: 'PRINTING', lease: { owner: 'a', until: aTime + 1 } })
      await stored(await printable(), { lease: { owner: 'a', until: aTime + 9 } })
      await stored(await printable(), ended('CANCELLED'))
      const abandoned = () => its().store.transaction(tx => tx.printJobs.abandoned(aTime + 2))
      expect((await abandoned()).map(job => job.id)).toEqual([late.id, printing.id])
      await its().store.transaction(tx => tx.printJobs.renew([late.id], 'b', aTime + 50))
      await its().store.transaction(tx => tx.printJobs.renew([printing.id, 'no-uuid'], 'a', aTime + 50))
      expect(await abandoned()).toEqual([late])
    })

    test('P-7: what its printer waits for is noted by the server that prints, and is no change of the job', async () => {
      const job = await stored(await printable(), { state: 'PRINTING', lease: { owner: 'a', until: aTime } })
      const after = async (owner: string, waitsFor: PrintJob['fault']) => {
        await its().store.transaction(tx => tx.printJobs.noteWaiting(job.id, owner, waitsFor))
        return its().other.transaction(tx => tx.printJobs.get(job.id))
      }
      expect(await after('b', fault)).toEqual(job)
      expect(await after('a', fault)).toEqual({ ...job, fault })
      expect(await after('a', null)).toEqual(job)
      const done = await save({ ...job, ...ended('PRINTED') })
      expect(await after('a', fault)).toEqual(done)
    })

    test('P-8: pictures are kept apart, and wiped for all jobs of a device but one', async () => {
      const of = await printable()
      const other = await stored(await printable())
      const old = await stored(of, ended('PRINTED'))
      const job = await stored(of, { print: 2 })
      const pictures = (byte: number) => ({ front: Uint8Array.of(byte, 0, 255), back: null })
      const both = { front: Uint8Array.of(1), back: Uint8Array.of(2) }
      await its().store.transaction(async tx => {
        await tx.printJobs.putPictures(other.id, pictures(3))
        await tx.printJobs.putPictures(old.id, pictures(4))
        await tx.printJobs.putPictures(job.id, both)
      })
      const of3 = () =>
        its().store.transaction(async tx => [
          await tx.printJobs.pictures(other.id),
          await tx.printJobs.pictures(old.id),
          await tx.printJobs.pictures(job.id),
        ])
      expect(await of3()).toEqual([pictures(3), pictures(4), both])
      await its().store.transaction(tx => tx.printJobs.wipePictures(of.deviceId, job.id))
      expect(await of3()).toEqual([pictures(3), null, both])
      await its().store.transaction(tx => tx.printJobs.wipePictures(of.deviceId, null))
      expect(await of3()).toEqual([pictures(3), null, null])
    })

    test('an ended job has no lease, an open one has, and only one that failed or prints has a fault', async () => {
      const of = await printable()
      await expect(save(aPrintJob(of.deviceId, of.userId, { state: 'PRINTED', endedAt: aTime }))).rejects.toThrow()
      await expect(save(aPrintJob(of.deviceId, of.userId, { lease: null }))).rejects.toThrow()
      await expect(save(aPrintJob(of.deviceId, of.userId, ended('FAILED')))).rejects.toThrow()
      await expect(save(aPrintJob(of.deviceId, of.userId, { fault }))).rejects.toThrow()
      await expect(save(aPrintJob(aDevice().id, of.userId))).rejects.toThrow()
    })
  })
}
