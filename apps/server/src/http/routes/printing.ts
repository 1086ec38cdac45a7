import type { Database } from '@cardwright/adapters/db'
import { hasPublishedLayout } from '@cardwright/adapters/db'
import { type PrintJob, routes } from '@cardwright/contract'
import { type CardRenderer, type Clock, drawCard, RefusalError, refuse, type Store } from '@cardwright/core'
import type { CardPrinters, PrintsAt } from '../../printing/card-printers.ts'
import type { PrintService } from '../../printing/print-service.ts'
import { printJobView } from '../../printing/print-view.ts'
import type { Reach } from '../../relay/reach.ts'
import type { Workstations } from '../../relay/workstations.ts'
import { actorOf, type Caller } from '../caller.ts'
import { followLive } from '../follow-live.ts'
import { pdfUrl } from '../pdf-url.ts'
import { accepted } from '../problems.ts'
import type { Registrar } from '../registrar.ts'
import type { Visibility } from '../scope.ts'
import { cardPictureOf } from './layouts.ts'
import { found, insistOnSeeingUsers } from './people.ts'

export type PrintingRoutePorts = {
  readonly database: Database
  readonly store: Store
  readonly renderer: CardRenderer
  readonly clock: Clock
  readonly prints: PrintService
  readonly cardPrinters: CardPrinters
  readonly workstations: Pick<Workstations, 'of'>
  /** The readers that an operator may use. */
  readonly reachOf: (caller: Caller) => Reach
  readonly visibility: Pick<Visibility, 'isVisible'>
  /** Tests do not wait for the next look at the store. */
  readonly pollMs?: number
}

export const registerPrintingRoutes = ({ handle, stream }: Registrar, ports: PrintingRoutePorts): void => {
  const { store, prints, cardPrinters } = ports

  /** The queues are those before this operator; nobody prints at another's workstation. */
  const placeOf = ({ sessionId, scope }: Caller): PrintsAt => ({
    scope,
    workstation: { list: async () => (await ports.workstations.of(sessionId)?.printers.list()) ?? [] },
  })

  handle(routes.cardPrinters, async ({ caller }) => {
    const readers = await ports.reachOf(caller).readers()
    const [printers, configured] = await Promise.all([
      cardPrinters.list(placeOf(caller), readers),
      hasPublishedLayout(ports.database.db),
    ])
    return { printers, configured }
  })

  handle(routes.startPrint, async ({ body, caller }) => {
    const { deviceId, layoutId, printerId } = body
    const on = await cardPrinters.find(placeOf(caller), printerId)
    if (on === null) throw new RefusalError(refuse('PRINTER_UNKNOWN'))
    return printJobView(await prints.start({ deviceId, layoutId, on, by: actorOf(caller) }))
  })
  handle(routes.getPrintJob, async ({ params }) => printJobView(await prints.get(params.id)))
  handle(routes.cancelPrint, async ({ params, caller }) =>
    printJobView(await prints.cancel(params.id, actorOf(caller))),
  )
  stream(routes.watchPrintJob, ({ params }, events) =>
    followLive(events, {
      current: () => prints.get(params.id),
      watch: changed => prints.events.watch(params.id, changed),
      view: async job => printJobView(job),
      pollMs: ports.pollMs,
    }),
  )

  /** As they were sent to the printer. */
  const picturesOf = async (id: string, caller: Caller) => {
    insistOnSeeingUsers(caller)
    return found(await store.transaction(tx => tx.printJobs.pictures(id)))
  }
  handle(routes.printedCard, async ({ params, caller }) =>
    cardPictureOf({ pictures: await picturesOf(params.id, caller), problems: [] }),
  )
  handle(routes.printedDocument, async ({ params, caller }) => ({
    pdf: pdfUrl(await ports.renderer.document(await picturesOf(params.id, caller))),
  }))
  handle(routes.devicePrints, async ({ params, caller }) => {
    const rows: PrintJob[] = []
    // The card may have been somebody else's, whose prints are not for everybody who sees the device now.
    for (const job of await prints.ofDevice(params.id))
      if (await ports.visibility.isVisible(caller, 'print-job', job.id)) rows.push(printJobView(job))
    return { rows }
  })
  handle(routes.previewCard, async ({ params, query, caller }) => {
    insistOnSeeingUsers(caller)
    const { layoutId, deviceId = null } = query
    return cardPictureOf(accepted(await drawCard(ports, { userId: params.id, deviceId, layoutId })))
  })
}
