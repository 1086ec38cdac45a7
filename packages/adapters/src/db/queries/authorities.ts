import { sql } from 'kysely'
import type { Db } from '../schema/index.ts'

/** How many certificates a CA has issued, and how many of them are revoked or on hold now. */
export type AuthorityFigures = { readonly issued: number; readonly revoked: number; readonly onHold: number }

export const authorityFigures = (db: Db, authorityId: string): Promise<AuthorityFigures> =>
  db
    .selectFrom('authority_certificates')
    .select([
      sql<number>`count(*)`.as('issued'),
      sql<number>`count(*) filter (where status = 'REVOKED')`.as('revoked'),
      sql<number>`count(*) filter (where status = 'ON_HOLD')`.as('onHold'),
    ])
    .where('authority_id', '=', authorityId)
    .where('certificate', 'is not', null)
    .executeTakeFirstOrThrow()
