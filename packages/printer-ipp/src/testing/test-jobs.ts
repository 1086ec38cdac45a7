import { randomUUID } from 'node:crypto'

/** What a document was when it came out of the test printer. */
export type PrintedDocument = {
  readonly jobName: string
  readonly format: string
  readonly bytes: Buffer
  readonly jobAttributes: Readonly<Record<string, unknown>>
}

type Job = {
  readonly id: number
  readonly uuid: string
  readonly name: string
  readonly attributes: Record<string, unknown>
  state: 'pending' | 'processing' | 'processing-stopped' | 'canceled' | 'aborted' | 'completed'
  reasons: string[]
  document: { readonly format: string; readonly bytes: Buffer } | null
  begun: boolean
}

const ENDED = ['canceled', 'aborted', 'completed']

/** The queue of the test printer: a job prints at once, unless jobs are held or the printer has something to complain about; one named `neverEnds` stays in the middle. */
export const createTestJobs = (neverEnds: string) => {
  const jobs = new Map<number, Job>()
  const printed: PrintedDocument[] = []
  let held = false
  let stuck = false
  let abortNext: string | null = null
  const heldUntil = new Set<() => void>()

  const go = (job: Job) => {
    if (!job.document || ENDED.includes(job.state) || stuck) return
    Object.assign(job, { state: 'processing', begun: true, reasons: ['job-printing'] })
    for (const tell of heldUntil) tell()
    if (abortNext) {
      Object.assign(job, { state: 'aborted', reasons: [abortNext] })
      abortNext = null
    } else if (!held && job.name !== neverEnds) {
      Object.assign(job, { state: 'completed', reasons: ['job-completed-successfully'] })
      printed.push({ jobName: job.name, ...job.document, jobAttributes: job.attributes })
    }
  }
  const goOn = () => {
    for (const job of jobs.values()) go(job)
  }

  return {
    printed,
    count: () => jobs.size,
    create(name: string, attributes: Record<string, unknown>): Job {
      const job: Job = {
        ...{ id: jobs.size + 1, uuid: `urn:uuid:${randomUUID()}`, name, attributes, state: 'pending', begun: false },
        reasons: ['job-incoming'],
        document: null,
      }
      jobs.set(job.id, job)
      return job
    },
    find: (id: unknown): Job | undefined => jobs.get(Number(id)),
    receive(job: Job, format: string, bytes: Buffer): void {
      Object.assign(job, { document: { format, bytes }, reasons: ['none'] })
      go(job)
    },
    cancel(job: Job): boolean {
      if (ENDED.includes(job.state)) return false
      Object.assign(job, { state: 'canceled', reasons: ['job-canceled-by-user'] })
      return true
    },
    /** Resolves when a job is in the middle of being printed; it stays there until `release`. */
    async hold(): Promise<void> {
      held = true
      if ([...jobs.values()].some(job => job.state === 'processing')) return
      await new Promise<void>(resolve => {
        const tell = () => {
          heldUntil.delete(tell)
          resolve()
        }
        heldUntil.add(tell)
      })
    },
    release(): void {
      held = false
      goOn()
    },
    setStuck(now: boolean): void {
      stuck = now
      goOn()
    },
    /** The next document is given up with this `job-state-reasons`. */
    abortNext(reason: string): void {
      abortNext = reason
    },
    /** What is being printed goes back into the queue, as where a driver is to try again, or is left where it is. */
    giveUp(how: 'pending' | 'processing-stopped'): void {
      held = true
      for (const job of jobs.values()) if (job.state === 'processing') job.state = how
    },
    /** As after a restart without a memory: numbers begin anew. */
    forget(): void {
      jobs.clear()
    },
    attributesOf: (job: Job): Record<string, unknown> => ({
      'job-id': job.id,
      'job-uuid': job.uuid,
      'job-state': job.state,
      'job-state-reasons': job.reasons,
      // What is no number becomes `no-value` in this library.
      'time-at-processing': job.begun ? 7 : 'never',
    }),
  }
}

export type TestJobs = ReturnType<typeof createTestJobs>
