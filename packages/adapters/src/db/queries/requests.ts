import type { RequestCounts, RequestView } from '@cardwright/contract'
import {
  type DeviceRequest,
  openRequestStates,
  type ReplacementReason,
  type RequestState,
  type RequestType,
  type Workflow,
} from '@cardwright/core'
import { type RawBuilder, sql } from 'kysely'
import { requestOf } from '../rows/requests.ts'
import type { Db } from '../schema/index.ts'
import { isUuid } from '../transaction/known-ids.ts'
import { timeValue } from '../values.ts'
import { matches } from './match.ts'
import { type Page, pageFrom, readIdCursor, readSort } from './page.ts'
import { type FoundRequest, requestNames, requestView } from './request-view.ts'
import { type GroupScope, userInScope } from './scope.ts'

export type RequestQuery = {
  readonly queue: 'TO_APPROVE' | 'TO_ISSUE' | 'ENDED' | 'ALL'
  readonly type?: RequestType | undefined
  readonly state?: RequestState | undefined
  readonly reason?: ReplacementReason | undefined
  readonly workflow?: Workflow | undefined
  readonly user?: string | undefined
  /** The target, or the new device. */
  readonly device?: string | undefined
  /** Words of the user, of the target or of the new device. */
  readonly q?: string | undefined
  readonly sort: 'requestedAt' | '-requestedAt' | 'user' | '-user'
  readonly cursor?: string | undefined
  readonly limit: number
}

/** The request as the core knows it, for what may be done with it, and all of its view but that. */
export type RequestWithView = {
  readonly request: DeviceRequest
  readonly view: Omit<RequestView, 'actions'>
}

const withView = (row: FoundRequest): RequestWithView => ({ request: requestOf(row), view: requestView(row) })

const queues: Readonly<Record<Exclude<RequestQuery['queue'], 'ALL'>, readonly RequestState[]>> = {
  TO_APPROVE: ['PENDING_APPROVAL'],
  TO_ISSUE: ['APPROVED', 'EXECUTING', 'FAILED'],
  ENDED: ['COMPLETED', 'DENIED', 'CANCELLED', 'EXPIRED'],
}

const inScope = (scope: GroupScope) => userInScope(scope, sql.ref('requests.user_id'))

const requests = (db: Db, scope: GroupScope) =>
  db
    .selectFrom('requests')
    .innerJoin('users', 'users.id', 'requests.user_id')
    .selectAll('requests')
    .select(requestNames(scope))
    .where(inScope(scope))

const wanted = (scope: GroupScope, query: RequestQuery): RawBuilder<boolean> => {
  const conditions = [inScope(scope)]
  if (query.queue !== 'ALL') conditions.push(sql<boolean>`requests.state in (${sql.join(queues[query.queue])})`)
  if (query.type) conditions.push(sql<boolean>`requests.type = ${query.type}`)
  if (query.state) conditions.push(sql<boolean>`requests.state = ${query.state}`)
  if (query.reason) conditions.push(sql<boolean>`requests.reason = ${query.reason}`)
  if (query.workflow) conditions.push(sql<boolean>`requests.workflow = ${query.workflow}`)
  if (query.user) conditions.push(sql<boolean>`requests.user_id = ${query.user}`)
  if (query.device)
    conditions.push(sql<boolean>`(requests.device_id = ${query.device} or requests.new_device_id = ${query.device})`)
  if (query.q) {
    // Index searches joined; an OR over the tables would read every request.
    const named = matches(sql`d.search`, query.q)
    conditions.push(sql<boolean>`requests.id in (
      select r.id from requests r join users u on u.id = r.user_id where ${matches(sql`u.search`, query.q)}
      union select r.id from requests r join devices d on d.id = r.device_id where ${named}
      union select r.id from requests r join devices d on d.id = r.new_device_id where ${named})`)
  }
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}

const sortColumns = { requestedAt: sql.ref('requests.requested_at'), user: sql.ref('users.sort_name') }

export const listRequests = async (db: Db, scope: GroupScope, query: RequestQuery): Promise<Page<RequestWithView>> => {
  const cursor = readIdCursor(query.cursor)
  const { name, descending } = readSort<keyof typeof sortColumns>(query.sort)
  const column = sortColumns[name]
  const direction = descending ? 'desc' : 'asc'
  let found = requests(db, scope)
    .where(wanted(scope, query))
    .orderBy(column, direction)
    .orderBy('requests.id', direction)
    .limit(query.limit + 1)
  if (cursor) {
    const beyond = descending ? sql`<` : sql`>`
    found = found.where(
      sql<boolean>`(${column}, requests.id) ${beyond} ((select ${column} from requests
        join users on users.id = requests.user_id where requests.id = ${cursor.after}), ${cursor.after}::uuid)`,
    )
  }
  const rows = await found.execute()
  const total = cursor?.total ?? (await countRequests(db, scope, query))
  return pageFrom(rows, query.limit, total, row => row.id, withView)
}

const countRequests = async (db: Db, scope: GroupScope, query: RequestQuery): Promise<number> => {
  const { n } = await db
    .selectFrom('requests')
    .select(sql<number>`count(*)`.as('n'))
    .where(wanted(scope, query))
    .executeTakeFirstOrThrow()
  return n
}

export const getRequestView = async (db: Db, scope: GroupScope, id: string): Promise<RequestWithView | null> => {
  if (!isUuid(id)) return null
  const row = await requests(db, scope).where('requests.id', '=', id).executeTakeFirst()
  return row ? withView(row) : null
}

/** The open ones of a user and those that ended after `endedAfter` (milliseconds since 1970), newest first. */
export const requestsOfUser = async (
  db: Db,
  scope: GroupScope,
  userId: string,
  endedAfter: number,
): Promise<RequestWithView[]> => {
  if (!isUuid(userId)) return []
  const rows = await requests(db, scope)
    .where('requests.user_id', '=', userId)
    .where(sql<boolean>`(requests.ended_at is null or requests.ended_at > ${timeValue(endedAfter)})`)
    .orderBy('requests.requested_at', 'desc')
    .orderBy('requests.id', 'desc')
    .execute()
  return rows.map(withView)
}

/** `toIssue` are those that an officer can take up now: neither being executed nor failed. */
export const requestCounts = (db: Db, scope: GroupScope): Promise<RequestCounts> => {
  const of = (condition: RawBuilder<boolean>) => sql<number>`count(*) filter (where ${condition})`
  return db
    .selectFrom('requests')
    .select([
      of(sql`state = 'PENDING_APPROVAL'`).as('toApprove'),
      of(sql`state = 'APPROVED'`).as('toIssue'),
      of(sql`state = 'EXECUTING'`).as('executing'),
      of(sql`state = 'FAILED'`).as('failed'),
      of(sql`reason in ('LOST', 'STOLEN')`).as('lossReports'),
    ])
    .where('state', 'in', openRequestStates)
    .where(inScope(scope))
    .executeTakeFirstOrThrow()
}
