import { createHmac } from 'node:crypto'
import type { Keys } from '@cardwright/core'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { Kysely, PGliteDialect } from 'kysely'
import { sealAuditGenesis } from '../../db/audit/audit-genesis.ts'
import { migrate } from '../../db/migrate.ts'
import type { Db, Tables } from '../../db/schema/index.ts'
import { valueParsers } from '../../db/value-parsers.ts'

/** HMAC under a key that every test knows; of the keys port, all that a store needs. */
export const testMacs: Pick<Keys, 'mac'> = {
  mac: async (keyName, data) => Uint8Array.from(createHmac('sha256', `test key ${keyName}`).update(data).digest()),
}

let migrated: Promise<Blob | File> | undefined

/** A migrated database in memory, a copy of one that is made once a test file. Close it with `db.destroy()`. */
export const createPGliteDatabase = async (): Promise<Db> => {
  migrated ??= (async () => {
    const pglite = new PGlite({ extensions: { pg_trgm } })
    const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) })
    await migrate(db)
    await sealAuditGenesis(db, testMacs)
    const dump = await pglite.dumpDataDir('none')
    await pglite.close()
    return dump
  })()
  const pglite = new PGlite({ loadDataDir: await migrated, extensions: { pg_trgm }, parsers: valueParsers })
  return new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) })
}
