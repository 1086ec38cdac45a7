import { type Db, getLetterSettings } from '@cardwright/adapters/db'
import { letterPdf } from '@cardwright/adapters/letter'
import {
  type Actor,
  type AuditFact,
  type CardRenderer,
  type Clock,
  layoutValues,
  nobodyKnows,
  type PrinterFault,
  type PrintOrder,
  type Random,
  type Store,
  sampleDevice,
  sampleUser,
} from '@cardwright/core'
import type { Logger } from 'pino'
import type { ReachedPrinter } from './site-printers.ts'
import { statusInTime } from './status-in-time.ts'
import { testCard } from './test-card.ts'

export type TestPagePorts = {
  readonly db: Db
  readonly store: Store
  readonly renderer: CardRenderer
  readonly clock: Clock
  readonly random: Random
  readonly log: Pick<Logger, 'error'>
}

/** Without a fault it was not printed within the time that somebody waits, and taken back. */
type TestedPage = { readonly printed: boolean; readonly fault: PrinterFault | null }

/** Somebody waits before a dialog: a page that has not come out by then is taken back. */
const PATIENCE_MS = 60_000
/** No card has it. */
const MADE_UP = '739152'

const orderFor = async (ports: TestPagePorts, { stored: { name, purpose } }: ReachedPrinter): Promise<PrintOrder> => {
  const now = ports.clock()
  const organisation = await ports.store.transaction(tx => tx.settings.organisation())
  const values = layoutValues({ user: sampleUser, device: sampleDevice(now), organisation })
  if (purpose === 'CARD') {
    const day = new Date(now).toISOString().slice(0, 10)
    const { pictures } = await ports.renderer.render(testCard(name, day), { values, photo: null, language: null })
    const pdf = await ports.renderer.document(pictures)
    return { jobName: 'test card', media: 'CR80', pdf, pictures: [pictures.front], twoSided: false }
  }
  const { settings } = await getLetterSettings(ports.db)
  const pdf = await letterPdf(settings, { kind: 'PIN', value: MADE_UP, values, language: 'en', copy: 1 }, ports.random)
  return { jobName: 'test letter', media: settings.paper, pdf, pictures: [], twoSided: false }
}

/** Ends with what the printer says, or after a minute with what it waits for. */
const send = async (ports: TestPagePorts, reached: ReachedPrinter, patienceMs: number): Promise<TestedPage> => {
  const { state, faults } = await statusInTime(reached.printer)
  if (state === 'FAULT') {
    const why = faults.find(({ severity }) => severity === 'ERROR') ?? faults[0] ?? null
    return { printed: false, fault: why }
  }
  let waitsFor: PrinterFault | null = null
  const order = await orderFor(ports, reached)
  const watch = (seen: { readonly waitsFor: PrinterFault | null }) => {
    waitsFor = seen.waitsFor
  }
  const outcome = await reached.printer.print(order, watch, AbortSignal.timeout(patienceMs)).catch(error => {
    ports.log.error({ err: error, printer: reached.stored.id }, 'nobody knows what became of a test page')
    return nobodyKnows
  })
  if (outcome.kind === 'PRINTED') return { printed: true, fault: null }
  return { printed: false, fault: outcome.kind === 'FAILED' ? outcome.fault : waitsFor }
}

/** Not `printer.…`: whose change of a printer was the last one is looked up by that. */
const testFact = ({ id, name, purpose }: ReachedPrinter['stored'], { printed, fault }: TestedPage) =>
  ({
    action: 'print.tested',
    object: { type: 'printer', id, label: name },
    userId: null,
    deviceId: null,
    result: printed ? 'SUCCESS' : 'FAILURE',
    reason: fault?.code ?? (printed ? null : 'NOT_IN_TIME'),
    details: { purpose },
  }) satisfies Partial<AuditFact>

/** Prints a card or a letter of nobody, as it would print one of somebody: it takes a card or a sheet, so it is in the audit. */
export const printTestPage = async (
  ports: TestPagePorts,
  reached: ReachedPrinter,
  actor: Actor,
  patienceMs = PATIENCE_MS,
): Promise<TestedPage> => {
  const tested = await send(ports, reached, patienceMs)
  const fact = { actor, at: ports.clock(), ...testFact(reached.stored, tested) }
  await ports.store.transaction(tx => tx.audit(fact))
  return tested
}
