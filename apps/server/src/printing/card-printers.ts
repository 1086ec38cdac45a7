import type { CardPrinter } from '@cardwright/contract'
import { type ChosenPrinter, type Printer, type PrinterStatus, probableReader } from '@cardwright/core'
import type { Caller } from '../http/caller.ts'
import { faultView } from './print-view.ts'
import type { ReachedPrinter, SitePrinters } from './site-printers.ts'
import { statusInTime } from './status-in-time.ts'

/** A printer that lies before somebody, or that the server reaches. */
export type KnownPrinter = ChosenPrinter & {
  readonly where: CardPrinter['where']
  readonly virtual: boolean
  /** The reader inside, where that is known and need not be guessed. */
  readonly embeddedReaderId?: string
  /** What it said when it was found, if it was asked then. */
  readonly status?: PrinterStatus
}

/** The queues of the workstation in front of an operator; none without a client. */
export type WorkstationQueues = {
  list(): Promise<
    readonly {
      readonly queue: string
      readonly name: string
      readonly status: PrinterStatus
      readonly printer: Printer
    }[]
  >
}

type Named = { readonly id: string; readonly name: string }

/** Somebody who wants to print: with which queues before them, and for which groups. */
export type PrintsAt = { readonly workstation: WorkstationQueues; readonly scope: Caller['scope'] }

export type CardPrinters = {
  /** `readers` = those that the operator reaches; the one inside of each printer is told or guessed. */
  list(who: PrintsAt, readers: readonly Named[]): Promise<CardPrinter[]>
  find(who: PrintsAt, id: string): Promise<ChosenPrinter | null>
}

/** A printer of a site is there for the operators of its groups, one of no site for everybody. */
const standsFor = ({ stored: { groups } }: ReachedPrinter, scope: Caller['scope']): boolean =>
  scope === 'ALL' || groups.length === 0 || groups.some(({ id }) => scope.groupIds.includes(id))

export const createCardPrinters = (sites: SitePrinters, virtual: readonly KnownPrinter[]): CardPrinters => {
  const ofServer = async (scope: Caller['scope']): Promise<readonly KnownPrinter[]> => {
    const own = (await sites.all('CARD')).filter(reached => standsFor(reached, scope))
    const known = own.map(({ stored: { id, name }, printer }): KnownPrinter => {
      return { id: `server:${id}`, name, printer, where: 'SERVER', virtual: false }
    })
    return [...known, ...virtual]
  }
  const ofWorkstation = async (workstation: WorkstationQueues): Promise<readonly KnownPrinter[]> => {
    // A workstation that does not answer must not hide the server's own printers.
    const queues = await workstation.list().catch(() => [])
    return queues.map(({ queue, name, printer, status }): KnownPrinter => {
      return { id: `workstation:${queue}`, name, printer, status, where: 'WORKSTATION', virtual: false }
    })
  }

  return {
    list: async ({ workstation, scope }, readers) => {
      const describe = async (printer: KnownPrinter): Promise<CardPrinter> => {
        const { state, faults, twoSided } = printer.status ?? (await statusInTime(printer.printer))
        const near = readers.filter(
          reader => reader.id.startsWith('workstation:') === (printer.where === 'WORKSTATION'),
        )
        return {
          id: printer.id,
          name: printer.name,
          where: printer.where,
          virtual: printer.virtual,
          state,
          faults: faults.map(faultView),
          twoSided,
          embeddedReaderId: printer.embeddedReaderId ?? probableReader(printer.name, near),
        }
      }
      const known = await Promise.all([ofWorkstation(workstation), ofServer(scope)])
      return Promise.all(known.flat().map(describe))
    },
    find: async ({ workstation, scope }, id) => {
      const known = await (id.startsWith('workstation:') ? ofWorkstation(workstation) : ofServer(scope))
      return known.find(printer => printer.id === id) ?? null
    },
  }
}
