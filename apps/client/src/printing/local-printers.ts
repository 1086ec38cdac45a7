import { type CupsPlace, type CupsQueue, createIppPrinter, findCupsQueues } from '@cardwright/printer-ipp'
import type { FarOrder, FarPrinters } from '@cardwright/relay'
import { refuseOrder } from './judge-order.ts'

/** Whoever waits for a printer that waits for cards hears of it this often, and so knows that somebody is there. */
const SIGN_OF_LIFE_MS = 60_000

export type LocalPrintersParts = {
  readonly log: (event: string) => void
  /** Tests have a CUPS of their own. */
  readonly place?: CupsPlace
}

const refused = (keyword: string) =>
  ({ kind: 'FAILED', fault: { code: 'JOB_REFUSED', severity: 'ERROR', keyword }, paperMayHaveMoved: false }) as const

const isCardQueue = ({ media }: CupsQueue): boolean => media.includes('CR80')

/** The card printers of this machine's own CUPS; only those that take cards, and only what `refuseOrder` lets through. */
export const createLocalPrinters = ({ log, place = { timeoutMs: 2000 } }: LocalPrintersParts): FarPrinters => {
  const queues = async () => (await findCupsQueues(place)).filter(isCardQueue)

  const print = async (order: FarOrder, watch: Watch, cancelled: AbortSignal) => {
    const reason = refuseOrder(order)
    if (reason !== undefined) return refused(reason)
    const queue = (await queues()).find(found => found.name === order.queue)
    if (!queue) return refused('no such queue for cards at this workstation')
    let last: Parameters<Watch>[0] = { progress: 0, waitsFor: null }
    const tell: Watch = progress => {
      last = progress
      watch({ progress: progress.progress, waitsFor: progress.waitsFor && short(progress.waitsFor) })
    }
    const alive = setInterval(() => tell(last), SIGN_OF_LIFE_MS)
    try {
      const outcome = await createIppPrinter(queue.address).print(order, tell, cancelled)
      return outcome.kind === 'FAILED' ? { ...outcome, fault: short(outcome.fault) } : outcome
    } finally {
      clearInterval(alive)
    }
  }

  return {
    list: async () =>
      (await queues()).map(({ name, info, status }) => ({
        queue: name.slice(0, 300),
        name: info.slice(0, 300),
        state: status.state,
        faults: status.faults.slice(0, 16).map(short),
        twoSided: status.twoSided,
      })),
    print: async (order, watch, cancelled) => {
      const outcome = await print(order, watch, cancelled)
      log(`print on ${order.queue}: ${outcome.kind === 'FAILED' ? outcome.fault.code : outcome.kind}`)
      return outcome
    },
  }
}

type Watch = Parameters<FarPrinters['print']>[1]
type Fault = NonNullable<Parameters<Watch>[0]['waitsFor']>

const short = (fault: Fault): Fault => ({ ...fault, keyword: fault.keyword.slice(0, 500) })
