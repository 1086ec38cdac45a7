import type { AuditEntry, TimelineEntry } from '@cardwright/contract'
import { type Selectable, sql } from 'kysely'
import type { Db, Tables } from '../schema/index.ts'
import { time } from '../values.ts'
import { matches } from './match.ts'
import { type Page, pageFrom, readNumberCursor } from './page.ts'
import { type GroupScope, recordInScope, recordOwnerInScope } from './scope.ts'

export type { AuditEntry }

type PageQuery = { readonly cursor?: string | undefined; readonly limit: number }
export type AuditQuery = PageQuery & {
  readonly q?: string | undefined
  /** An action or the beginning of one: `device.` finds all of devices. */
  readonly action?: string | undefined
  /** ISO 8601; from this on, up to but without that. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

type Row = Selectable<Tables['audit']>

const timelineEntryOf = (row: Row): TimelineEntry => ({
  id: String(row.sequence),
  at: time(row.at),
  actor: row.actor_label,
  action: row.action,
  result: row.result,
  reason: row.reason,
  details: { ...row.details },
})

const auditEntryOf = (row: Row): AuditEntry => ({
  ...timelineEntryOf(row),
  sequence: row.sequence,
  objectType: row.object_type,
  objectId: row.object_id,
  objectLabel: row.object_label,
})

const page = async <Entry>(
  db: Db,
  query: PageQuery,
  conditions: readonly ReturnType<typeof matches>[],
  entryOf: (row: Row) => Entry,
): Promise<Page<Entry>> => {
  const cursor = readNumberCursor(query.cursor)
  const wanted = conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.join(conditions, sql` and `)}`
  let found = db
    .selectFrom('audit')
    .selectAll()
    .where(wanted)
    .orderBy('sequence', 'desc')
    .limit(query.limit + 1)
  if (cursor) found = found.where('sequence', '<', Number(cursor.after))
  const rows = await found.execute()
  const total = cursor?.total ?? (conditions.length === 0 ? await countAll(db) : await count(db, wanted))
  return pageFrom(rows, query.limit, total, row => String(row.sequence), entryOf)
}

/** The head knows it; counting a million records takes a while. */
const countAll = async (db: Db): Promise<number> =>
  (await db.selectFrom('audit_head').select('count').executeTakeFirst())?.count ?? 0

const count = async (db: Db, wanted: ReturnType<typeof matches>): Promise<number> => {
  const { n } = await db
    .selectFrom('audit')
    .select(sql<number>`count(*)`.as('n'))
    .where(wanted)
    .executeTakeFirstOrThrow()
  return n
}

/** Newest first. With a scope, what it covers and what `operatorId` did. */
export const listAudit = (
  db: Db,
  { scope, operatorId }: { readonly scope: GroupScope; readonly operatorId: string },
  query: AuditQuery,
): Promise<Page<AuditEntry>> => {
  const conditions = scope === 'ALL' ? [] : [recordInScope(scope, operatorId)]
  if (query.q) conditions.push(matches(sql`lower(' ' || actor_label || ' ' || object_label)`, query.q))
  if (query.action) conditions.push(sql<boolean>`starts_with(action, ${query.action})`)
  if (query.from) conditions.push(sql<boolean>`at >= ${query.from}::timestamptz`)
  if (query.to) conditions.push(sql<boolean>`at < ${query.to}::timestamptz`)
  return page(db, query, conditions, auditEntryOf)
}

/** What happened to a user and the devices of that user, newest first. */
export const userTimeline = (db: Db, userId: string, query: PageQuery): Promise<Page<TimelineEntry>> =>
  page(db, query, [sql<boolean>`user_id = ${userId}`], timelineEntryOf)

/** What happened to a request, and to devices because of it: whatever names it in its details, as all of its own do. */
export const requestTimeline = (
  db: Db,
  scope: GroupScope,
  requestId: string,
  query: PageQuery,
): Promise<Page<TimelineEntry>> => {
  const told = sql<boolean>`details ? 'request' and details ->> 'request' = ${requestId}`
  return page(db, query, [told, recordOwnerInScope(scope)], timelineEntryOf)
}

/** Without what happened to it in the hands of users out of scope. */
export const deviceTimeline = (
  db: Db,
  scope: GroupScope,
  deviceId: string,
  query: PageQuery,
): Promise<Page<TimelineEntry>> =>
  page(db, query, [sql<boolean>`device_id = ${deviceId}`, recordOwnerInScope(scope)], timelineEntryOf)
