import { type Db, getLetterSettings } from '@cardwright/adapters/db'
import { letterPdf } from '@cardwright/adapters/letter'
import {
  type CardRenderer,
  type Clock,
  type LayoutContent,
  type LayoutElement,
  layoutValues,
  type PrinterFault,
  type PrintOrder,
  type Random,
  type Store,
  sampleDevice,
  sampleUser,
} from '@cardwright/core'
import type { ReachedPrinter } from './site-printers.ts'
import { statusInTime } from './status-in-time.ts'

export type TestPagePorts = {
  readonly db: Db
  readonly store: Store
  readonly renderer: CardRenderer
  readonly clock: Clock
  readonly random: Random
}

/** Somebody waits before a dialog: a page that has not come out by then is taken back. */
const PATIENCE_MS = 60_000
/** No card has it. */
const MADE_UP = '739152'

const text = (id: string, y: number, size: number, content: string): LayoutElement => ({
  id,
  kind: 'text',
  x: 8,
  y,
  width: 69,
  height: 8,
  rotation: 0,
  content,
  font: 'SANS',
  size,
  bold: size > 10,
  italic: false,
  colour: '#000000',
  align: 'CENTRE',
  fit: 'SHRINK',
})

/** A frame two millimetres from the edge shows whether the print is centred, the code whether it is sharp. */
const testCard = (printer: string, day: string): LayoutContent => {
  const frame = { x: 2, y: 2, width: 81.6, height: 49.98, rotation: 0 } as const
  const code = { x: 32.8, y: 29, width: 20, height: 20, rotation: 0 } as const
  const elements: LayoutElement[] = [
    { id: 'frame', kind: 'rectangle', ...frame, fill: null, stroke: '#000000', strokeWidth: 0.3, radius: 0 },
    text('title', 6, 16, 'Test card'),
    // Braces of a name are no fields.
    text('printer', 15, 9, printer.replace(/[{}]/g, '$&$&')),
    text('day', 21, 9, day),
    {
      id: 'code',
      kind: 'barcode',
      ...code,
      symbology: 'QR',
      content: 'Cardwright test card',
      colour: '#000000',
      showText: false,
    },
  ]
  const front = { background: '#ffffff', backgroundPicture: null, elements }
  return { name: 'Test card', description: '', front, back: null, magneticStripe: 'NONE', chip: 'NONE' }
}

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

/**
 * Prints a card or a letter of nobody, as it would print one of somebody. Ends with what the printer says, or after a minute
 * with what it waits for.
 */
export const printTestPage = async (
  ports: TestPagePorts,
  reached: ReachedPrinter,
  patienceMs = PATIENCE_MS,
): Promise<{ readonly printed: boolean; readonly fault: PrinterFault | null }> => {
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
  const outcome = await reached.printer.print(order, watch, AbortSignal.timeout(patienceMs))
  if (outcome.kind === 'PRINTED') return { printed: true, fault: null }
  return { printed: false, fault: outcome.kind === 'FAILED' ? outcome.fault : waitsFor }
}
