import {
  type Database,
  type Delivery,
  getDelivery,
  getLetterSettings,
  noteHanded,
  noteWay,
  type OutboxEntry,
} from '@cardwright/adapters/db'
import { LetterError, letterPdf } from '@cardwright/adapters/letter'
import {
  type Actor,
  type Clock,
  type Keys,
  nobodyKnows,
  type Printer,
  type PrintOrder,
  type PrintOutcome,
  type PrintProgress,
  printerProblem,
  type Random,
  type Store,
} from '@cardwright/core'
import type { Logger } from 'pino'
import type { Carrier } from '../jobs/outbox-worker.ts'
import type { SitePrinters } from '../printing/site-printers.ts'
import { createConclusion } from './conclusion.ts'
import { openDeliveredValue } from './delivered-value.ts'
import { DeliveryError } from './delivery-error.ts'

export type LetterCarrierPorts = {
  readonly database: Database
  readonly store: Store
  readonly keys: Keys
  readonly clock: Clock
  readonly log: Logger
  readonly random: Random
  readonly letterPrinterFor: SitePrinters['letterPrinterFor']
  /** How often a letter that waits in a printer is asked whether it is still wanted, in milliseconds. */
  readonly lookEveryMs?: number
}

const actor: Actor = { kind: 'system', id: 'system:letters', label: 'PIN letters' }

/** In the printer's queue: neither a name nor a value. */
const jobNameOf = ({ id }: Delivery): string => `Letter ${id.slice(-8)}`

/**
 * Prints what waits for delivery. It is noted before a letter goes to the printer and after it has come out, so whoever finds
 * the first note without the second knows that it may lie there: such a letter is UNCERTAIN and is printed again only when
 * somebody asks, marked as a copy. What certainly did not come out is tried again by itself.
 */
export const letterCarrier = (ports: LetterCarrierPorts): Carrier => {
  const { database, clock } = ports
  const { db } = database
  const conclude = createConclusion(database, clock, actor)
  const stop = new AbortController()

  /** The letter and where it is to be printed; throws before anything is sent. Null = no longer good. */
  const prepare = async (delivery: Delivery) => {
    const target = await ports.letterPrinterFor(delivery.userId)
    if (target === null) throw new DeliveryError('NO_LETTER_PRINTER', true)
    const opened = await openDeliveredValue(ports, delivery)
    if (opened === null) return null
    const { settings } = await getLetterSettings(db)
    const { kind, value, values, user } = opened
    const content = { kind, value, values, language: user.language, copy: delivery.copy }
    const pdf = await letterPdf(settings, content, ports.random).catch((cause: unknown) => {
      throw cause instanceof LetterError ? new DeliveryError(cause.code, true, { cause }) : cause
    })
    const { state, faults } = await target.printer.status()
    const fault = faults.find(({ severity }) => severity === 'ERROR')
    // A letter in the queue of a printer that does not print would come out when nobody is there any more.
    if (state === 'FAULT') throw new DeliveryError(printerProblem(fault?.code ?? 'OTHER'), false)
    const order: PrintOrder = {
      jobName: jobNameOf(delivery),
      media: settings.paper,
      pdf,
      pictures: [],
      twoSided: false,
      confidential: true,
    }
    return { ...target, order }
  }

  const print = async (delivery: Delivery, printer: Printer, order: PrintOrder): Promise<PrintOutcome> => {
    const unwanted = new AbortController()
    // The PIN was changed or the card ended while its letter waits for paper: it is taken back.
    const look = setInterval(async () => {
      const now = await getDelivery(db, delivery.id).catch(() => null)
      if (now?.state === 'WITHDRAWN') unwanted.abort()
    }, ports.lookEveryMs ?? 10_000)
    let waitsFor: string | null = null
    let noted: Promise<unknown> = Promise.resolve()
    const watch = (progress: PrintProgress) => {
      const now = progress.waitsFor ? printerProblem(progress.waitsFor.code) : null
      if (now === waitsFor) return
      waitsFor = now
      noted = noted.then(() => noteWay(db, delivery.id, { lastError: now })).catch(() => undefined)
    }
    try {
      return await printer.print(order, watch, AbortSignal.any([stop.signal, unwanted.signal]))
    } catch (error) {
      ports.log.error({ err: error, delivery: delivery.id }, 'nobody knows what became of a letter')
      return nobodyKnows
    } finally {
      clearInterval(look)
      await noted
    }
  }

  const note = async (entry: OutboxEntry, delivery: Delivery, to: string, outcome: PrintOutcome): Promise<void> => {
    if (outcome.kind === 'PRINTED') return conclude.delivered(entry, delivery, to)
    // Taken back from a queue it may have come out in part.
    if (outcome.kind === 'CANCELLED')
      return conclude.failed(entry, delivery, { code: 'LETTER_UNCERTAIN', fault: 'CANCELLED', to, final: 'UNCERTAIN' })
    const { code: fault } = outcome.fault
    if (outcome.paperMayHaveMoved)
      return conclude.failed(entry, delivery, { code: 'LETTER_UNCERTAIN', fault, to, final: 'UNCERTAIN' })
    const error = new DeliveryError(printerProblem(fault), fault === 'FORMAT_NOT_SUPPORTED')
    await conclude.failed(entry, delivery, { code: error.code, to, final: error.permanent ? 'FAILED' : null })
    if (!error.permanent) throw error
  }

  return {
    kinds: ['letter.print'],
    atOnce: 1,
    codeOf: error => (error instanceof DeliveryError ? error.code : null),
    stopping: () => stop.abort(),
    async carryOut(entry) {
      const { message } = entry
      if (message.kind !== 'letter.print') throw new Error(`${message.kind} is no letter`)
      const delivery = await getDelivery(db, message.deliveryId)
      if (delivery?.state !== 'WAITING') return
      if (delivery.handedAt !== null)
        return conclude.failed(entry, delivery, { code: 'LETTER_UNCERTAIN', final: 'UNCERTAIN' })
      if (delivery.validUntil <= clock())
        return conclude.failed(entry, delivery, { code: delivery.lastError ?? 'EXPIRED', final: 'FAILED' })
      let ready: Awaited<ReturnType<typeof prepare>>
      try {
        ready = await prepare(delivery)
      } catch (error) {
        const known = error instanceof DeliveryError ? error : null
        const final = known?.permanent ? 'FAILED' : null
        await conclude.failed(entry, delivery, { code: known?.code ?? 'INTERNAL', final })
        if (final) return
        throw error
      }
      if (ready === null) return conclude.withdrawn(entry, delivery)
      if (stop.signal.aborted) throw new DeliveryError('INTERNAL', false)
      // Withdrawn at this moment, or at another worker whose claim ran out: the next look tells which.
      const handedAt = clock()
      if (!(await noteHanded(db, delivery.id, ready.name, handedAt))) throw new DeliveryError('INTERNAL', false)
      const outcome = await print(delivery, ready.printer, ready.order)
      await note(entry, { ...delivery, handedAt }, ready.name, outcome)
    },
  }
}
