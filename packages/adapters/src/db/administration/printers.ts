import type { SitePrinter } from '@cardwright/contract'
import { refuse } from '@cardwright/core'
import { newId } from '../new-id.ts'
import { getPrinter, type StoredPrinter } from '../queries/printers.ts'
import type { DbTransaction } from '../schema/index.ts'
import type { Database } from '../unit-of-work.ts'
import { differences } from './versioned-settings.ts'
import { type By, factOf, refuseWrite, type Written, whyNotChanged, write } from './written.ts'

export type PrinterWrite = Pick<SitePrinter, 'name' | 'uri' | 'purpose' | 'caCertificates'> & {
  readonly groupIds: readonly string[]
}

const objectOf = ({ id, name }: Pick<StoredPrinter, 'id' | 'name'>) => ({ type: 'printer', id, label: name })

const existing = async (trx: DbTransaction, id: string): Promise<StoredPrinter> =>
  (await getPrinter(trx, id)) ?? refuseWrite(refuse('NOT_FOUND'))

const putGroups = async (trx: DbTransaction, printer_id: string, groupIds: readonly string[]): Promise<void> => {
  await trx.deleteFrom('printer_groups').where('printer_id', '=', printer_id).execute()
  const rows = [...new Set(groupIds)].map(group_id => ({ printer_id, group_id }))
  if (rows.length > 0) await trx.insertInto('printer_groups').values(rows).execute()
}

const rowOf = ({ name, uri, purpose, caCertificates }: PrinterWrite) => ({
  name,
  uri,
  purpose,
  ca_certificates: caCertificates,
})

/** Which groups, not how many: they decide where the PIN letters of people come out. */
const factsOf = ({ uri, purpose, groups }: StoredPrinter) => ({
  uri,
  purpose,
  groups: groups.map(({ name }) => name).join(', ') || 'none',
})

export const createPrinter = (database: Database, input: PrinterWrite, by: By): Promise<Written<StoredPrinter>> =>
  write(database, async ({ trx, audit }) => {
    const id = newId(by.at)
    await trx
      .insertInto('printers')
      .values({ id, version: 1, ...rowOf(input) })
      .execute()
    await putGroups(trx, id, input.groupIds)
    const printer = await existing(trx, id)
    audit(factOf(by, 'printer.created', objectOf(printer), factsOf(printer)))
    return printer
  })

/** Compare-and-set on `version`. */
export const updatePrinter = (
  database: Database,
  id: string,
  { version, ...input }: PrinterWrite & { readonly version: number },
  by: By,
): Promise<Written<StoredPrinter>> =>
  write(database, async ({ trx, audit }) => {
    const before = await existing(trx, id)
    const { numUpdatedRows } = await trx
      .updateTable('printers')
      .set({ ...rowOf(input), version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) refuseWrite(await whyNotChanged(trx, 'printers', id))
    await putGroups(trx, id, input.groupIds)
    const printer = await existing(trx, id)
    const trust = before.caCertificates === printer.caCertificates ? null : { caCertificates: 'changed' }
    const changes = differences({ name: before.name, ...factsOf(before) }, { name: printer.name, ...factsOf(printer) })
    audit(factOf(by, 'printer.changed', objectOf(printer), { ...changes, ...trust }))
    return printer
  })

/** Jobs keep the name of their printer. Compare-and-set on `version`: what is removed is what was looked at. */
export const deletePrinter = (
  database: Database,
  id: string,
  version: number,
  by: By,
): Promise<Written<StoredPrinter>> =>
  write(database, async ({ trx, audit }) => {
    const printer = await existing(trx, id)
    const { numDeletedRows } = await trx
      .deleteFrom('printers')
      .where('id', '=', id)
      .where('version', '=', version)
      .executeTakeFirst()
    if (numDeletedRows === 0n) refuseWrite(await whyNotChanged(trx, 'printers', id))
    audit(factOf(by, 'printer.deleted', objectOf(printer), factsOf(printer)))
    return printer
  })
