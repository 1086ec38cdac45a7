import {
  type Actor,
  type ChosenPrinter,
  cancelPrint,
  isOpenPrint,
  type PrintingPorts,
  type PrintJob,
  RefusalError,
  refuse,
  startPrint,
  sweepPrints,
} from '@cardwright/core'
import { accepted } from '../http/problems.ts'
import { createLiveEvents, type LiveEvents } from '../jobs/live-events.ts'
import type { LivePrint } from './print-view.ts'

export type PrintService = {
  start(request: {
    readonly deviceId: string
    readonly layoutId: string
    readonly on: ChosenPrinter
    readonly by: Actor
  }): Promise<LivePrint>
  /** Answers the job as it is now; it ends when the printer has given it back. */
  cancel(id: string, by: Actor): Promise<LivePrint>
  /** NOT_FOUND if there is none. */
  get(id: string): Promise<LivePrint>
  ofDevice(deviceId: string): Promise<readonly LivePrint[]>
  readonly events: Pick<LiveEvents<LivePrint>, 'watch'>
  /** A sign of life for what runs here, a look for what was cancelled elsewhere, and for what another server left. */
  look(): Promise<void>
  /** What this server left behind when it died. Answers how many. */
  sweepOwn(): Promise<number>
  /** Takes back what runs and resolves when nothing does any more; nothing new starts from now on. */
  drain(): Promise<void>
}

type Running = { readonly stop: AbortController; readonly finished: Promise<unknown> }

/** Runs core's print flows on in the background; several at once, each printer has its own queue. */
export const createPrintService = (given: Omit<PrintingPorts, 'report'>): PrintService => {
  const { store } = given
  const events = createLiveEvents<LivePrint>(isOpenPrint)
  const ports: PrintingPorts = { ...given, report: (job, going) => events.report({ ...job, going }) }
  const running = new Map<string, Running>()
  let draining = false

  /** The live state if it prints here, else the stored one: whichever is newer. */
  const live = (stored: PrintJob): LivePrint => {
    const seen = events.latest(stored.id)
    // Who cancels raises the version; how far the printer is, is known from here all the same.
    const going = isOpenPrint(stored) ? (seen?.going ?? null) : null
    return seen && seen.version >= stored.version ? seen : { ...stored, going }
  }
  const get = async (id: string): Promise<LivePrint> => {
    const stored = await store.transaction(tx => tx.printJobs.get(id))
    if (stored === null) throw new RefusalError(refuse('NOT_FOUND'))
    return live(stored)
  }
  const isRunning = (id: string) => running.has(id)

  return {
    events,
    get,
    ofDevice: async deviceId => (await store.transaction(tx => tx.printJobs.ofDevice(deviceId))).map(live),
    start: async request => {
      if (draining) throw new RefusalError(refuse('SERVER_INTERRUPTED'))
      const stop = new AbortController()
      const { job, finished } = accepted(await startPrint(ports, { ...request, cancelled: stop.signal }))
      running.set(job.id, { stop, finished: finished.finally(() => running.delete(job.id)) })
      if (draining) stop.abort()
      return live(job)
    },
    cancel: async (id, by) => {
      const job = accepted(await cancelPrint(store, id, by))
      running.get(id)?.stop.abort()
      return live(job)
    },
    look: async () => {
      const ids = [...running.keys()]
      if (ids.length > 0) {
        const until = ports.clock() + ports.leaseMs
        const jobs = await store.transaction(async tx => {
          await tx.printJobs.renew(ids, ports.owner, until)
          return Promise.all(ids.map(id => tx.printJobs.get(id)))
        })
        for (const job of jobs) if (job?.cancelledBy) running.get(job.id)?.stop.abort()
      }
      await sweepPrints(ports, isRunning, false)
    },
    sweepOwn: () => sweepPrints(ports, isRunning, true),
    drain: async () => {
      draining = true
      for (const { stop } of running.values()) stop.abort()
      await Promise.allSettled([...running.values()].map(({ finished }) => finished))
    },
  }
}
