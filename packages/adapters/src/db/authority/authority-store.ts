import { sql } from 'kysely'
import type { AuthorityStore, StoredCrl } from '../../ca/index.ts'
import { toStoreError } from '../errors.ts'
import type { Db } from '../schema/index.ts'
import { time } from '../values.ts'
import { authorityOf, authorityRow, serviceRow } from './authority-rows.ts'
import { certificateRecords } from './certificate-records.ts'

/** CRLs that were replaced; kept so long that one which is being read is not pulled away. */
const keptCrls = 20

type Crls = Pick<AuthorityStore, 'latestCrl' | 'addCrl'>
const crls = (db: Db, authorityId: string): Crls => ({
  async latestCrl(scope) {
    const row = await db
      .selectFrom('authority_crls')
      .selectAll()
      .where('authority_id', '=', authorityId)
      .where('scope', '=', scope)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (!row) return null
    const { number, revision, der } = row
    return { number, revision, der, thisUpdate: row.this_update, nextUpdate: row.next_update } satisfies StoredCrl
  },
  async addCrl(scope, crl) {
    const stored = await sql`
      insert into authority_crls (authority_id, scope, number, revision, der, this_update, next_update)
      select ${authorityId}, ${scope}, ${crl.number}::bigint, ${crl.revision}::bigint, ${crl.der}::bytea,
        ${time(crl.thisUpdate)}::timestamptz, ${time(crl.nextUpdate)}::timestamptz
      where ${crl.number}::bigint = 1 + coalesce(
        (select max(number) from authority_crls where authority_id = ${authorityId} and scope = ${scope}), 0)
      on conflict do nothing returning number`.execute(db)
    if (stored.rows.length === 0) return false
    await db
      .deleteFrom('authority_crls')
      .where('authority_id', '=', authorityId)
      .where('scope', '=', scope)
      .where('number', '<=', crl.number - keptCrls)
      .execute()
    return true
  },
})

type Authority = Pick<AuthorityStore, 'loadAuthority' | 'createAuthority' | 'replaceServices'>
const authority = (db: Db, authorityId: string): Authority => {
  const loadAuthority = async () => {
    const row = await db.selectFrom('authorities').selectAll().where('id', '=', authorityId).executeTakeFirst()
    return row ? authorityOf(row) : null
  }
  return {
    loadAuthority,
    async createAuthority(wanted) {
      await db
        .insertInto('authorities')
        .values(authorityRow(authorityId, wanted))
        .onConflict(c => c.doNothing())
        .execute()
      return (await loadAuthority()) ?? wanted
    },
    async replaceServices({ version, ...services }) {
      const row = await db
        .updateTable('authorities')
        .set({ ...serviceRow(services), version: version + 1 })
        .where('id', '=', authorityId)
        .where('version', '=', version)
        .returning('id')
        .executeTakeFirst()
      return row !== undefined
    },
  }
}

/** What the built-in CA of this id keeps, in PostgreSQL. Throws StoreError as core's store does. */
export const createAuthorityStore = (db: Db, authorityId: string): AuthorityStore => {
  const store = { ...authority(db, authorityId), ...certificateRecords(db, authorityId), ...crls(db, authorityId) }
  const guarded = <Args extends unknown[], T>(method: (...args: Args) => Promise<T>) => {
    return async (...args: Args): Promise<T> => {
      try {
        return await method(...args)
      } catch (error) {
        throw toStoreError(error, 'reading or writing the records of the certificate authority')
      }
    }
  }
  return {
    loadAuthority: guarded(store.loadAuthority),
    createAuthority: guarded(store.createAuthority),
    replaceServices: guarded(store.replaceServices),
    intend: guarded(store.intend),
    save: guarded(store.save),
    find: guarded(store.find),
    findSerialNumbers: guarded(store.findSerialNumbers),
    revision: guarded(store.revision),
    revoked: guarded(store.revoked),
    latestCrl: guarded(store.latestCrl),
    addCrl: guarded(store.addCrl),
  }
}
