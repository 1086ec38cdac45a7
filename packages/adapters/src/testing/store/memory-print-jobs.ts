import { isOpenPrint, type Transaction } from '@cardwright/core'
import { checkPrintJob } from './memory-constraints.ts'
import type { MemoryState } from './memory-state.ts'
import { saveInto } from './save-into.ts'

export const memoryPrintJobs = (state: MemoryState): Transaction['printJobs'] => {
  const jobs = () => [...state.printJobs.values()]
  const ofDevice = (deviceId: string) => jobs().filter(job => job.deviceId === deviceId)
  return {
    get: async id => state.printJobs.get(id) ?? null,
    openOfDevice: async deviceId => ofDevice(deviceId).find(isOpenPrint) ?? null,
    ofDevice: async deviceId => ofDevice(deviceId).sort((a, b) => b.print - a.print),
    save: async job => {
      checkPrintJob(state, job)
      return saveInto(
        state.printJobs,
        job,
        other =>
          other.deviceId === job.deviceId && (other.print === job.print || (isOpenPrint(job) && isOpenPrint(other))),
      )
    },
    renew: async (ids, owner, until) => {
      for (const id of ids) {
        const found = state.printJobs.get(id)
        if (found?.lease?.owner === owner) state.printJobs.set(id, { ...found, lease: { owner, until } })
      }
    },
    noteWaiting: async (id, owner, waitsFor) => {
      const found = state.printJobs.get(id)
      if (found?.state === 'PRINTING' && found.lease?.owner === owner)
        state.printJobs.set(id, { ...found, fault: waitsFor })
    },
    abandoned: async now =>
      jobs()
        .flatMap(job => (job.lease !== null && job.lease.until < now ? { job, until: job.lease.until } : []))
        .sort((a, b) => a.until - b.until)
        .map(({ job }) => job),
    pictures: async id => state.printPictures.get(id) ?? null,
    putPictures: async (id, pictures) => {
      state.printPictures.set(id, structuredClone(pictures))
    },
    wipePictures: async (deviceId, exceptJobId) => {
      for (const { id } of ofDevice(deviceId)) if (id !== exceptJobId) state.printPictures.delete(id)
    },
  }
}
