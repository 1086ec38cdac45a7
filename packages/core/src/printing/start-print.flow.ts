import type { Actor } from '../audit/audit-record.ts'
import { refusalOf } from '../issuance/failure.ts'
import { mayBePrinted } from '../layout/layout-problem.ts'
import { accept, type Outcome, RefusalError, refuse } from '../outcome/refusal.ts'
import type { PrinterStatus } from '../ports/printer.ts'
import type { Transaction } from '../ports/store.ts'
import { type DrawnCard, drawCard } from './draw-card.flow.ts'
import { printFact } from './print-facts.ts'
import type { PrintJob } from './print-job.ts'
import { printableDevice } from './printable-device.ts'
import { wordsOfFault } from './printer-fault-texts.ts'
import type { ChosenPrinter, PrintingPorts } from './printing-ports.ts'
import { runPrint } from './run-print.flow.ts'

export type StartPrint = {
  readonly deviceId: string
  readonly layoutId: string
  readonly on: ChosenPrinter
  readonly by: Actor
  /** Takes the print back from the printer; see cancel-print.flow.ts. */
  readonly cancelled: AbortSignal
}

/** What the caller can answer with at once, and the print as it goes on; `finished` never rejects. */
export type StartedPrint = { readonly job: PrintJob; readonly finished: Promise<PrintJob> }

const insist = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new RefusalError(outcome)
  return outcome.value
}

const withoutEnd = (text: string): string => text.replace(/\.$/, '')

const printable = async (tx: Transaction, deviceId: string) => {
  const device = await tx.devices.get(deviceId)
  if (!device) throw new RefusalError(refuse('NOT_FOUND'))
  const open = (await tx.issuances.openOfDevice(deviceId)) ?? (await tx.printJobs.openOfDevice(deviceId))
  if (open) throw new RefusalError(refuse('IN_PROGRESS_ELSEWHERE', { by: open.startedBy.label }))
  const found = insist(printableDevice(device))
  if ((await tx.users.get(found.userId))?.status !== 'ACTIVE') throw new RefusalError(refuse('USER_DISABLED'))
  return found
}

/** P-3: Start needs the printer ready. A busy one has a queue. */
const readyPrinter = async ({ name, printer }: ChosenPrinter): Promise<PrinterStatus> => {
  const status = await printer.status()
  const { state, faults } = status
  if (state !== 'FAULT') return status
  const fault = faults.find(f => f.severity === 'ERROR') ?? { code: 'OTHER', keyword: '' }
  throw new RefusalError(
    refuse('PRINTER_NOT_READY', { printer: name, why: withoutEnd(wordsOfFault(fault).text), fault: fault.code }),
  )
}

const claim = async (ports: PrintingPorts, tx: Transaction, input: StartPrint, card: DrawnCard): Promise<PrintJob> => {
  const device = await printable(tx, input.deviceId)
  // What was drawn names somebody: it must be theirs still.
  if (device.version !== card.device?.version) throw new RefusalError(refuse('VERSION_CONFLICT', { by: '…' }))
  const now = ports.clock()
  const { id, version, content } = card.layout
  const [before] = await tx.printJobs.ofDevice(device.id)
  const job = await tx.printJobs.save({
    id: ports.newId(),
    version: 0,
    deviceId: device.id,
    serial: device.serial,
    userId: device.userId,
    layout: { id, version, name: content.name },
    printer: { id: input.on.id, name: input.on.name },
    state: 'QUEUED',
    fault: null,
    print: (before?.print ?? 0) + 1,
    cancelledBy: null,
    lease: { owner: ports.owner, until: now + ports.leaseMs },
    startedBy: input.by,
    startedAt: now,
    endedAt: null,
  })
  if (!job) throw new RefusalError(refuse('IN_PROGRESS_ELSEWHERE', { by: '…' }))
  await tx.printJobs.putPictures(job.id, card.pictures)
  await tx.audit(printFact(job, 'print.started', { by: input.by, at: now }))
  return job
}

/**
 * Draws the card and claims the device's one open print, with the pictures as they will be sent; of two who start at once
 * the other is refused. Then it prints in the background. Neither the device nor its certificates change here (P-5, P-7).
 */
export const startPrint = async (ports: PrintingPorts, input: StartPrint): Promise<Outcome<StartedPrint>> => {
  try {
    const { userId } = await ports.store.transaction(tx => printable(tx, input.deviceId))
    const { twoSided } = await readyPrinter(input.on)
    const { deviceId, layoutId } = input
    const card = insist(await drawCard(ports, { userId, deviceId, layoutId }))
    if (card.pictures.back !== null && !twoSided)
      return refuse('PRINTER_ONE_SIDED', { printer: input.on.name, layout: card.layout.content.name })
    const blocking = card.problems.find(problem => problem.blocking)
    if (blocking && !mayBePrinted(card.problems))
      return refuse('LAYOUT_NOT_PRINTABLE', { problem: withoutEnd(blocking.text) })
    const pdf = await ports.renderer.document(card.pictures)
    const job = await ports.store.transaction(tx => claim(ports, tx, input, card))
    ports.report(job, null)
    const { front, back } = card.pictures
    const order = {
      jobName: `card ${job.serial}`,
      media: 'CR80',
      pdf,
      pictures: back === null ? [front] : [front, back],
      twoSided: back !== null,
    } as const
    return accept({ job, finished: runPrint(ports, job, order, input.on.printer, input.cancelled) })
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal.code === 'INTERNAL') ports.unexpected(error, { printJob: '-', step: 'claim' })
    return refusal
  }
}
