import { createPrinter, type Database, deletePrinter, type StoredPrinter, updatePrinter } from '@cardwright/adapters/db'
import { areCertificates } from '@cardwright/adapters/tls'
import { routes, type SitePrinter } from '@cardwright/contract'
import { faultView } from '../../printing/print-view.ts'
import type { ReachedPrinter, SitePrinters } from '../../printing/site-printers.ts'
import { statusInTime } from '../../printing/status-in-time.ts'
import { printTestPage, type TestPagePorts } from '../../printing/test-page.ts'
import { actorOf, type Caller } from '../caller.ts'
import { EdgeError } from '../problems.ts'
import type { Registrar } from '../registrar.ts'
import { written } from '../written.ts'
import { found } from './people.ts'

export type PrinterRoutePorts = Omit<TestPagePorts, 'db'> & {
  readonly database: Database
  readonly sitePrinters: SitePrinters
}

const viewOf = async ({ stored, printer }: ReachedPrinter, scope: Caller['scope']): Promise<SitePrinter> => {
  const { state, faults } = await statusInTime(printer)
  const groups = stored.groups.filter(({ id }) => scope === 'ALL' || scope.groupIds.includes(id))
  return { ...stored, groups, state, faults: faults.map(faultView) }
}

/** Who may write here: settings.write over all groups. The server connects to what they name, and speaks nothing but IPP to it. */
export const registerPrinterRoutes = ({ handle }: Registrar, ports: PrinterRoutePorts): void => {
  const { database, sitePrinters, clock } = ports
  const by = (caller: Caller) => ({ actor: actorOf(caller), at: clock() })
  const refuseFaults = ({ caCertificates }: Pick<StoredPrinter, 'caCertificates'>): void => {
    if (!areCertificates(caCertificates))
      throw new EdgeError('INPUT_INVALID', {}, { caCertificates: 'is no list of certificates in PEM' })
  }
  const view = async (id: string, { scope }: Caller) => viewOf(found(await sitePrinters.get(id)), scope)

  handle(routes.listPrinters, async ({ caller }) => ({
    rows: await Promise.all((await sitePrinters.all()).map(reached => viewOf(reached, caller.scope))),
  }))
  handle(routes.createPrinter, async ({ body, caller }) => {
    refuseFaults(body)
    return view(written(await createPrinter(database, body, by(caller))).id, caller)
  })
  handle(routes.updatePrinter, async ({ params, body, caller }) => {
    refuseFaults(body)
    return view(written(await updatePrinter(database, params.id, body, by(caller))).id, caller)
  })
  handle(routes.deletePrinter, async ({ params, body, caller }) => {
    written(await deletePrinter(database, params.id, body.version, by(caller)))
    return {}
  })
  handle(routes.testPrinter, async ({ params, caller }) => {
    const reached = found(await sitePrinters.get(params.id))
    const { printed, fault } = await printTestPage({ ...ports, db: database.db }, reached, actorOf(caller))
    return { printed, fault: fault && faultView(fault) }
  })
}
