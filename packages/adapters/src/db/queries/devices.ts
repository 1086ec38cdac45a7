import type { Device as DeviceView } from '@cardwright/contract'
import type { Credential, Device, DeviceState } from '@cardwright/core'
import { type Selectable, sql } from 'kysely'
import { credentialOf } from '../rows/credentials.ts'
import { deviceOf } from '../rows/devices.ts'
import type { Db, Tables } from '../schema/index.ts'
import { isUuid } from '../transaction/known-ids.ts'
import { credentialView, deviceView } from './device-view.ts'
import { matches } from './match.ts'
import { type Page, pageFrom, readIdCursor, readSort } from './page.ts'
import { type GroupScope, ownerInScope } from './scope.ts'

export type DeviceQuery = {
  readonly q?: string | undefined
  readonly state?: DeviceState | undefined
  readonly user?: string | undefined
  /** True = only those that nobody has. */
  readonly withoutUser?: boolean | undefined
  readonly form?: Device['form'] | undefined
  readonly model?: string | undefined
  readonly sort: 'serial' | '-serial' | 'issuedAt' | '-issuedAt' | 'state'
  readonly cursor?: string | undefined
  readonly limit: number
}

/** The device as the core knows it, for what may be done with it, and all of its view but that. */
export type DeviceWithView = {
  readonly device: Device
  readonly credentials: readonly Credential[]
  readonly view: Omit<DeviceView, 'actions'>
  /** Whether Get Initial PIN has something to answer; a PIN that the operator chose or the user changed is not kept. */
  readonly initialPinStored: boolean
}

export type FoundDevice = Selectable<Tables['devices']> & {
  readonly user_name: string | null
  readonly policy_name: string | null
  readonly open_issuance_id: string | null
  readonly open_request_id: string | null
  readonly initial_pin_stored: boolean
  readonly printed: { readonly jobId: string; readonly at: number } | null
}

const inScope = (scope: GroupScope) => ownerInScope(scope, sql.ref('devices.user_id'))

const devices = (db: Db, scope: GroupScope) =>
  db
    .selectFrom('devices')
    .selectAll()
    .where(inScope(scope))
    .select([
      sql<string | null>`(select u.display_name from users u where u.id = devices.user_id)`.as('user_name'),
      sql<string | null>`(select v.content->>'name' from device_policy_versions v where v.policy_id = devices.policy_id
        and v.version = devices.policy_version)`.as('policy_name'),
      sql<string | null>`(select i.id from issuances i where i.device_id = devices.id
        and i.state in ('RUNNING', 'WAITING_FOR_PIN', 'FAILED'))`.as('open_issuance_id'),
      sql<string | null>`(select r.id from requests r where (r.device_id = devices.id or r.new_device_id = devices.id)
        and r.state in ('PENDING_APPROVAL', 'APPROVED', 'EXECUTING', 'FAILED')
        order by r.type <> 'REPLACEMENT', r.device_id is distinct from devices.id limit 1)`.as('open_request_id'),
      sql<boolean>`exists (select from secrets s where s.device_id = devices.id and s.kind = 'PIN'
        and s.stage = 'CURRENT')`.as('initial_pin_stored'),
      // Of whoever has it now.
      sql<FoundDevice['printed']>`(select jsonb_build_object('jobId', p.id,
        'at', floor(extract(epoch from p.ended_at) * 1000))
        from print_jobs p where p.device_id = devices.id and p.user_id = devices.user_id and p.state = 'PRINTED'
        order by p.print desc limit 1)`.as('printed'),
    ])

/** Not those of somebody else who had the device before. */
const withCredentials = async (db: Db, scope: GroupScope, rows: readonly FoundDevice[]): Promise<DeviceWithView[]> => {
  if (rows.length === 0) return []
  const credentials = await db
    .selectFrom('credentials')
    .selectAll()
    .where(
      'device_id',
      'in',
      rows.map(row => row.id),
    )
    .where(ownerInScope(scope, sql`(select i.user_id from issuances i where i.id = credentials.issuance_id)`))
    .orderBy('not_before')
    .orderBy('slot')
    .orderBy('id')
    .execute()
  return rows.map(row => {
    const own = credentials.filter(c => c.device_id === row.id).map(credentialOf)
    return {
      device: deviceOf(row),
      credentials: own,
      view: deviceView(row, own.map(credentialView)),
      initialPinStored: row.initial_pin_stored,
    }
  })
}

const wanted = (scope: GroupScope, query: DeviceQuery) => {
  const conditions = [inScope(scope)]
  if (query.state) conditions.push(sql<boolean>`devices.state = ${query.state}`)
  if (query.user) conditions.push(sql<boolean>`devices.user_id = ${query.user}`)
  if (query.withoutUser) conditions.push(sql<boolean>`devices.user_id is null`)
  if (query.form) conditions.push(sql<boolean>`devices.form = ${query.form}`)
  if (query.model) conditions.push(sql<boolean>`devices.model = ${query.model}`)
  if (query.q) {
    // Two index searches joined; an OR over both tables would read every device.
    conditions.push(sql<boolean>`devices.id in (
      select d.id from devices d where ${matches(sql`d.search`, query.q)}
      union select d.id from devices d join users u on u.id = d.user_id where ${matches(sql`u.search`, query.q)})`)
  }
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}

const sortColumns = {
  serial: sql.ref('devices.serial'),
  issuedAt: sql`coalesce(devices.issued_at, '-infinity')`,
  state: sql.ref('devices.state'),
}

export const listDevices = async (db: Db, scope: GroupScope, query: DeviceQuery): Promise<Page<DeviceWithView>> => {
  const cursor = readIdCursor(query.cursor)
  const { name, descending } = readSort<keyof typeof sortColumns>(query.sort)
  const column = sortColumns[name]
  const direction = descending ? 'desc' : 'asc'
  let found = devices(db, scope)
    .where(wanted(scope, query))
    .orderBy(column, direction)
    .orderBy('devices.id', direction)
    .limit(query.limit + 1)
  if (cursor) {
    const beyond = descending ? sql`<` : sql`>`
    found = found.where(
      sql<boolean>`(${column}, devices.id) ${beyond} ((select ${column} from devices where id = ${cursor.after}), ${cursor.after}::uuid)`,
    )
  }
  const rows = await found.execute()
  const total = cursor?.total ?? (await countDevices(db, scope, query))
  const page = pageFrom(
    rows,
    query.limit,
    total,
    row => row.id,
    row => row,
  )
  return { ...page, rows: await withCredentials(db, scope, page.rows) }
}

const countDevices = async (db: Db, scope: GroupScope, query: DeviceQuery): Promise<number> => {
  const { n } = await db
    .selectFrom('devices')
    .select(sql<number>`count(*)`.as('n'))
    .where(wanted(scope, query))
    .executeTakeFirstOrThrow()
  return n
}

export const getDeviceView = async (db: Db, scope: GroupScope, id: string): Promise<DeviceWithView | null> => {
  if (!isUuid(id)) return null
  const rows = await devices(db, scope).where('devices.id', '=', id).execute()
  return (await withCredentials(db, scope, rows))[0] ?? null
}

/** All of a user, those in use first. */
export const devicesOfUser = async (db: Db, scope: GroupScope, userId: string): Promise<DeviceWithView[]> => {
  if (!isUuid(userId)) return []
  const rows = await devices(db, scope)
    .where('devices.user_id', '=', userId)
    .orderBy(sql`state = 'TERMINATED'`)
    .orderBy(sql`coalesce(issued_at, 'infinity')`, 'desc')
    .orderBy('devices.id')
    .execute()
  return withCredentials(db, scope, rows)
}

/** The certificate, DER; null if there is no such credential. */
export const certificateOf = async (db: Db, credentialId: string): Promise<Uint8Array | null> => {
  if (!isUuid(credentialId)) return null
  const row = await db.selectFrom('credentials').select('certificate').where('id', '=', credentialId).executeTakeFirst()
  return row?.certificate ?? null
}
