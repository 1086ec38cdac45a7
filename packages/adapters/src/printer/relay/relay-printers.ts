import { randomUUID } from 'node:crypto'
import type { FromFarPrinters, ToFarPrinters } from '@cardwright/contract'
import type { Printer, PrinterStatus, PrintOutcome, PrintProgress } from '@cardwright/core'

export type RelayQueue = {
  readonly queue: string
  readonly name: string
  /** As the workstation said it with the list. */
  readonly status: PrinterStatus
  readonly printer: Printer
}

export type RelayPrinters = {
  /** The queues of the workstation's CUPS now; throws if it does not answer in time. */
  list(): Promise<readonly RelayQueue[]>
  /** Whether a card is being printed there: then another connection must not take its place. */
  isPrinting(): boolean
  receive(message: FromFarPrinters): void
  /** The connection ended: of what is printed there nobody knows any more. */
  lose(): void
}

export type RelayPrintersOptions = {
  readonly answerMs?: number
  /** A printer that waits for cards tells so from time to time; silence this long means that nobody is there. */
  readonly silenceMs?: number
}

type Listed = Extract<FromFarPrinters, { type: 'printers' }>
type Question = { readonly resolve: (answer: Listed) => void; readonly reject: (error: Error) => void }
type Following = {
  readonly watch: (progress: PrintProgress) => void
  readonly end: (outcome: PrintOutcome) => void
  quiet: () => void
}

const fault = (code: 'UNKNOWN_OUTCOME' | 'OFFLINE', keyword: string) => ({ code, severity: 'ERROR', keyword }) as const
const lostInTheMiddle = (keyword: string): PrintOutcome => ({
  kind: 'FAILED',
  fault: fault('UNKNOWN_OUTCOME', keyword),
  paperMayHaveMoved: true,
})
const neverSent: PrintOutcome = {
  kind: 'FAILED',
  fault: fault('OFFLINE', 'workstation-lost'),
  paperMayHaveMoved: false,
}
const offline: PrinterStatus = { state: 'FAULT', faults: [fault('OFFLINE', 'workstation-lost')], twoSided: false }

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** The printers of a workstation behind the relay, as the core's port. `send` drops what is sent after the end. */
export const createRelayPrinters = (
  send: (message: ToFarPrinters) => void,
  { answerMs = 8000, silenceMs = 15 * 60_000 }: RelayPrintersOptions = {},
): RelayPrinters => {
  const questions = new Map<number, Question>()
  const jobs = new Map<string, Following>()
  let next = 0
  let lost = false

  const ask = (): Promise<Listed> => {
    if (lost) return Promise.reject(new Error('the workstation is not connected'))
    const message = next++
    const { promise, resolve, reject } = Promise.withResolvers<Listed>()
    const patience = setTimeout(() => reject(new Error('the workstation did not tell its printers in time')), answerMs)
    questions.set(message, { resolve, reject })
    send({ type: 'list-printers', message })
    return promise.finally(() => {
      clearTimeout(patience)
      questions.delete(message)
    })
  }

  const list = async (): Promise<readonly RelayQueue[]> =>
    (await ask()).printers.map(({ queue, name, ...status }) => ({ queue, name, status, printer: printerOf(queue) }))

  const printerOf = (queue: string): Printer => ({
    status: async () => (await list().catch(() => [])).find(found => found.queue === queue)?.status ?? offline,
    print: async (order, watch, cancelled) => {
      if (cancelled?.aborted) return { kind: 'CANCELLED' }
      if (lost || order.media !== 'CR80') return neverSent
      const job = randomUUID()
      const cancel = () => send({ type: 'cancel-print', job })
      const ending = Promise.withResolvers<PrintOutcome>()
      const silence = setTimeout(() => ending.resolve(lostInTheMiddle('workstation-silent')), silenceMs)
      jobs.set(job, { watch, end: ending.resolve, quiet: () => silence.refresh() })
      cancelled?.addEventListener('abort', cancel, { once: true })
      const { jobName, media, pdf, pictures, twoSided } = order
      send({ type: 'print', job, queue, jobName, media, pdf: base64(pdf), pictures: pictures.map(base64), twoSided })
      try {
        return await ending.promise
      } finally {
        clearTimeout(silence)
        cancelled?.removeEventListener('abort', cancel)
        jobs.delete(job)
      }
    },
  })

  return {
    list,
    isPrinting: () => jobs.size > 0,
    receive: message => {
      if (message.type === 'printers') return questions.get(message.message)?.resolve(message)
      const following = jobs.get(message.job)
      if (message.type === 'print-ended') return following?.end(message.outcome)
      following?.quiet()
      following?.watch({ progress: message.progress, waitsFor: message.waitsFor })
    },
    lose: () => {
      lost = true
      for (const { reject } of questions.values()) reject(new Error('the connection to the workstation broke'))
      for (const { end } of jobs.values()) end(lostInTheMiddle('workstation-lost'))
    },
  }
}
