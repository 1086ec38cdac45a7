import type { CardPicture, CardPrinter, Reader } from '@cardwright/contract'
import { isMeantFor, type Purpose } from '../add-device/configuration.ts'
import type { TextKey } from '../texts/t.ts'
import type { RememberedPrinter } from './remembered-printer.ts'

/** The place that was configured, as far as both are there now. */
export const placeOf = (
  printers: readonly CardPrinter[],
  readers: readonly Reader[],
  remembered: RememberedPrinter | null,
): { readonly printer?: CardPrinter; readonly reader?: Reader } => {
  if (remembered === null) return {}
  const printer = printers.find(one => one.id === remembered.printerId)
  const reader = readers.find(one => one.name === remembered.reader.name && one.where === remembered.reader.where)
  return { ...(printer ? { printer } : {}), ...(reader ? { reader } : {}) }
}

/** The reader to begin with: the one that the server says is probably inside of it, else the only one at its place. */
export const guessedReader = (printer: CardPrinter, readers: readonly Reader[]): Reader | undefined => {
  const told = readers.find(reader => reader.id === printer.embeddedReaderId)
  if (told) return told
  const near = readers.filter(reader => reader.where === printer.where && reader.virtual === printer.virtual)
  return near.length === 1 ? near[0] : undefined
}

/** One thing that Start waits for: a text of the catalogue, or what the server said. */
type Lack = { readonly key: TextKey; readonly params?: Record<string, string> }

/** Everything that Start waits for (P-3), so that it is seen to at one walk to the printer. */
export const lacksOfPlace = (
  { printer, reader }: { readonly printer?: CardPrinter | undefined; readonly reader?: Reader | undefined },
  purpose: Purpose,
): readonly Lack[] => {
  const lacks: Lack[] = []
  if (!printer) lacks.push({ key: 'print.lacks.printer' })
  else if (printer.state === 'BUSY') lacks.push({ key: 'print.lacks.busy', params: { printer: printer.name } })
  else if (printer.state === 'FAULT') {
    const why = printer.faults.map(fault => `${fault.text} ${fault.advice}`).join(' ')
    lacks.push({ key: 'print.lacks.fault', params: { printer: printer.name, why } })
  }
  if (!reader) lacks.push({ key: 'print.lacks.reader' })
  else if (reader.card === null) lacks.push({ key: 'print.lacks.card', params: { reader: reader.name } })
  else if (reader.busy) lacks.push({ key: 'print.lacks.readerBusy', params: { reader: reader.name } })
  else if (reader.card.problem) lacks.push({ key: 'print.lacks.problem', params: { why: reader.card.problem.text } })
  else if (!isMeantFor(reader, purpose)) lacks.push({ key: 'print.lacks.otherCard' })
  return lacks
}

/** A card with a back on a printer for one side would be refused when it is encoded already. */
export const lacksOfSides = (
  printer: CardPrinter | undefined,
  layout: { readonly name: string; readonly twoSided: boolean } | undefined,
): readonly Lack[] =>
  layout?.twoSided && printer && printer.state !== 'FAULT' && !printer.twoSided
    ? [{ key: 'print.lacks.side', params: { printer: printer.name, layout: layout.name } }]
    : []

/** What the layout lacks for this user; what does not block is only shown beside the picture. */
export const lacksOfPicture = (picture: CardPicture | undefined): readonly Lack[] =>
  (picture?.problems ?? [])
    .filter(problem => problem.blocking)
    .map(problem => ({ key: 'print.lacks.problem', params: { why: problem.text } }))
