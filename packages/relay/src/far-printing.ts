import type { FromFarPrinters, ToFarPrinters } from '@cardwright/contract'

type Queue = Extract<FromFarPrinters, { type: 'printers' }>['printers'][number]
type Progress = Pick<Extract<FromFarPrinters, { type: 'print-progress' }>, 'progress' | 'waitsFor'>
type Outcome = Extract<FromFarPrinters, { type: 'print-ended' }>['outcome']

/** A card as it came, whatever is in it: who prints looks at it first. */
export type FarOrder = {
  readonly queue: string
  readonly jobName: string
  readonly media: 'CR80'
  readonly pdf: Uint8Array
  readonly pictures: readonly Uint8Array[]
  readonly twoSided: boolean
}

/** The local queues of a workstation. Neither throws for what a printer can be. */
export type FarPrinters = {
  list(): Promise<readonly Queue[]>
  print(order: FarOrder, watch: (progress: Progress) => void, cancelled: AbortSignal): Promise<Outcome>
}

export type FarPrinting = { receive(message: ToFarPrinters): Promise<void> }

/** Jobs of one connection whose names are remembered, so that none is printed twice. */
const MOST_JOBS = 1000

const refused = (keyword: string): Outcome => ({
  kind: 'FAILED',
  fault: { code: 'JOB_REFUSED', severity: 'ERROR', keyword },
  paperMayHaveMoved: false,
})
const unknown: Outcome = {
  kind: 'FAILED',
  fault: { code: 'UNKNOWN_OUTCOME', severity: 'ERROR', keyword: 'client-error' },
  paperMayHaveMoved: true,
}

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, 'base64'))

/**
 * Prints what the server sends, on local queues. A job that runs when the connection ends goes on: half a card is worse than
 * a whole one, and the server says that nobody knows.
 */
export const createFarPrinting = (
  printers: FarPrinters | undefined,
  send: (message: FromFarPrinters) => void,
): FarPrinting => {
  const jobs = new Map<string, AbortController>()
  const ended = (job: string, outcome: Outcome) => send({ type: 'print-ended', job, outcome })

  const print = async ({ job, queue, jobName, media, pdf, pictures, twoSided }: Print): Promise<void> => {
    if (!printers) return ended(job, refused('no printers at this workstation'))
    if (jobs.has(job)) return ended(job, refused('this job was sent before'))
    if (jobs.size >= MOST_JOBS) return ended(job, refused('too many jobs on one connection'))
    const stop = new AbortController()
    jobs.set(job, stop)
    const order = { queue, jobName, media, pdf: bytesOf(pdf), pictures: pictures.map(bytesOf), twoSided }
    const watch = ({ progress, waitsFor }: Progress) => send({ type: 'print-progress', job, progress, waitsFor })
    ended(job, await printers.print(order, watch, stop.signal).catch(() => unknown))
  }

  return {
    async receive(message) {
      switch (message.type) {
        case 'list-printers': {
          const queues = (await printers?.list().catch(() => [])) ?? []
          return send({ type: 'printers', message: message.message, printers: queues.slice(0, 64) })
        }
        case 'print':
          return print(message)
        case 'cancel-print':
          return jobs.get(message.job)?.abort()
      }
    },
  }
}

type Print = Extract<ToFarPrinters, { type: 'print' }>
