import { createHmac } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import type { Keys } from '@cardwright/core'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { Kysely, PGliteDialect } from 'kysely'
import { inject } from 'vitest'
import { sealAuditGenesis } from '../../db/audit/audit-genesis.ts'
import { migrate } from '../../db/migrate.ts'
import type { Db, Tables } from '../../db/schema/index.ts'
import { valueParsers } from '../../db/value-parsers.ts'

/** HMAC under a key that every test knows; of the keys port, all that a store needs. */
export const testMacs: Pick<Keys, 'mac'> = {
  mac: async (keyName, data) => Uint8Array.from(createHmac('sha256', `test key ${keyName}`).update(data).digest()),
}

/** `as_migrated.restore()` makes the tables what they were after the migrations, past the triggers that keep rows. */
const REMEMBER = `
  create schema as_migrated;
  do $$
  declare name text;
  begin
    for name in select tablename from pg_tables where schemaname = 'public' loop
      execute format('create table as_migrated.%I as table public.%I', name, name);
    end loop;
  end $$;
  create function as_migrated.restore() returns void language plpgsql set session_replication_role = replica as $$
  declare name text; columns text;
  begin
    for name in select tablename from pg_tables where schemaname = 'public' loop
      execute format('delete from public.%I', name);
      select string_agg(quote_ident(column_name), ', ') into columns from information_schema.columns
        where table_schema = 'public' and table_name = name and is_generated = 'NEVER';
      execute format('insert into public.%I (%s) overriding system value select %s from as_migrated.%I',
        name, columns, columns, name);
    end loop;
    for name in select sequencename from pg_sequences where schemaname = 'public' loop
      execute format('alter sequence public.%I restart', name);
    end loop;
  end $$`

/** The data directory of a migrated database, as a tar archive. */
export const dumpMigrated = async (): Promise<Blob> => {
  const pglite = new PGlite({ extensions: { pg_trgm } })
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) })
  await migrate(db)
  await sealAuditGenesis(db, testMacs)
  await pglite.exec(REMEMBER)
  const dump = await pglite.dumpDataDir('none')
  await pglite.close()
  return dump
}

const startPGlite = async (): Promise<PGlite> => {
  const template = inject('pgliteTemplate')
  if (!template) throw new Error('There are databases only for the suite `database`: name the file x.database.test.ts')
  return new PGlite({ loadDataDir: await openAsBlob(template), extensions: { pg_trgm }, parsers: valueParsers })
}

/** Restored and free for the next database: to start one takes half a second, to restore one some 40 ms. */
const idle: PGlite[] = []

/** A migrated database in memory. Close it with `db.destroy()`. */
export const createPGliteDatabase = async (): Promise<Db> => {
  const pglite = idle.pop() ?? (await startPGlite())
  const dialect = new PGliteDialect({ pglite })
  const destroy = async () => {
    await pglite.query('select as_migrated.restore()')
    idle.push(pglite)
  }
  const driver = Object.assign(dialect.createDriver(), { destroy })
  return new Kysely<Tables>({ dialect: Object.assign(dialect, { createDriver: () => driver }) })
}
