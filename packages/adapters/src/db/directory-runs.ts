import { type Selectable, sql } from 'kysely'
import type { By } from './administration/written.ts'
import { newId } from './new-id.ts'
import { type Page, pageFrom, readIdCursor } from './queries/page.ts'
import type { DirectoryRunCounts } from './schema/directory.ts'
import type { Db, Tables } from './schema/index.ts'
import { json, time } from './values.ts'

export type { DirectoryRunCounts } from './schema/directory.ts'

export type StoredDirectoryRun = {
  readonly id: string
  readonly startedAt: number
  readonly endedAt: number | null
  readonly startedBy: string
  readonly scheduled: boolean
  readonly outcome: Tables['directory_runs']['outcome']
  readonly error: string | null
  readonly counts: DirectoryRunCounts | null
}

const runOf = (row: Selectable<Tables['directory_runs']>): StoredDirectoryRun => ({
  id: row.id,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  startedBy: row.started_by,
  scheduled: row.scheduled,
  outcome: row.outcome,
  error: row.error,
  counts: row.counts,
})

export const beginDirectoryRun = async (db: Db, by: By, scheduled: boolean): Promise<StoredDirectoryRun> => {
  const row = await db
    .insertInto('directory_runs')
    .values({
      id: newId(by.at),
      started_at: time(by.at),
      ended_at: null,
      started_by: by.actor.label,
      started_by_id: by.actor.id,
      scheduled,
      outcome: 'RUNNING',
      error: null,
      counts: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return runOf(row)
}

/** `error` is a code, not a message: it is shown to operators. */
export const endDirectoryRun = async (
  db: Db,
  id: string,
  end: {
    readonly at: number
    readonly outcome: 'DONE' | 'CONFIRMATION_NEEDED' | 'FAILED'
    readonly error: string | null
    readonly counts: DirectoryRunCounts | null
  },
): Promise<StoredDirectoryRun> => {
  const row = await db
    .updateTable('directory_runs')
    .set({
      ended_at: time(end.at),
      outcome: end.outcome,
      error: end.error,
      counts: end.counts === null ? null : json(end.counts),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return runOf(row)
}

/** For whoever holds the lock of the sync: a run that is said to go on was cut short with its server. */
export const endAbandonedDirectoryRuns = async (db: Db, at: number): Promise<void> => {
  await db
    .updateTable('directory_runs')
    .set({ ended_at: time(at), outcome: 'FAILED', error: 'SERVER_INTERRUPTED' })
    .where('outcome', '=', 'RUNNING')
    .execute()
}

export const getDirectoryRun = async (db: Db, id: string): Promise<StoredDirectoryRun | null> => {
  const row = await db.selectFrom('directory_runs').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? runOf(row) : null
}

export const newestDirectoryRun = async (db: Db): Promise<StoredDirectoryRun | null> => {
  const row = await db
    .selectFrom('directory_runs')
    .selectAll()
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? runOf(row) : null
}

export const listDirectoryRuns = async (
  db: Db,
  query: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<StoredDirectoryRun>> => {
  const cursor = readIdCursor(query.cursor)
  let found = db
    .selectFrom('directory_runs')
    .selectAll()
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
  if (cursor)
    found = found.where(
      sql<boolean>`(started_at, id) < ((select started_at from directory_runs where id = ${cursor.after}), ${cursor.after}::uuid)`,
    )
  const rows = await found.execute()
  const counted = db.selectFrom('directory_runs').select(sql<number>`count(*)`.as('n'))
  const total = cursor?.total ?? (await counted.executeTakeFirstOrThrow()).n
  return pageFrom(rows, query.limit, total, row => row.id, runOf)
}
