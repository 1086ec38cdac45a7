import type { SitePrinter } from '@cardwright/contract'
import { type Selectable, sql } from 'kysely'
import type { Db, Tables } from '../schema/index.ts'
import { isUuid } from '../transaction/known-ids.ts'

/** A printer that servers reach, without what it says of itself just now. */
export type StoredPrinter = Omit<SitePrinter, 'state' | 'faults'>

type Found = Selectable<Tables['printers']> & { readonly groups: StoredPrinter['groups'] }

const printers = (db: Db) =>
  db
    .selectFrom('printers')
    .selectAll()
    .select(
      sql<Found['groups']>`(select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name)
        order by lower(g.name)), '[]') from printer_groups p join groups g on g.id = p.group_id
        where p.printer_id = printers.id)`.as('groups'),
    )

const printerOf = ({ ca_certificates, ...row }: Found): StoredPrinter => ({ ...row, caCertificates: ca_certificates })

export const listPrinters = async (db: Db, purpose?: SitePrinter['purpose']): Promise<StoredPrinter[]> => {
  const all = printers(db).orderBy(sql`lower(name)`)
  return (await (purpose ? all.where('purpose', '=', purpose) : all).execute()).map(printerOf)
}

export const getPrinter = async (db: Db, id: string): Promise<StoredPrinter | null> => {
  if (!isUuid(id)) return null
  const row = await printers(db).where('id', '=', id).executeTakeFirst()
  return row ? printerOf(row) : null
}

/**
 * The letter printer of a user's site: one of their groups, else the one for everybody else; by name where several fit, so
 * that it is always the same one.
 */
export const letterPrinterOf = async (db: Db, userId: string): Promise<StoredPrinter | null> => {
  if (!isUuid(userId)) return null
  const ofSite = sql<boolean>`exists (select from printer_groups p join memberships m on m.group_id = p.group_id
    where p.printer_id = printers.id and m.user_id = ${userId})`
  const ofNobody = sql<boolean>`not exists (select from printer_groups p where p.printer_id = printers.id)`
  const row = await printers(db)
    .where('purpose', '=', 'LETTER')
    .where(eb => eb.or([ofSite, ofNobody]))
    .orderBy(ofNobody)
    .orderBy(sql`lower(name)`)
    .limit(1)
    .executeTakeFirst()
  return row ? printerOf(row) : null
}
