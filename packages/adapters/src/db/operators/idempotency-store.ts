import { sql } from 'kysely'
import type { Db } from '../schema/index.ts'
import { json, time } from '../values.ts'

type Entry = { readonly key: string; readonly operatorId: string; readonly route: string }

export type EarlierOutcome =
  | { readonly state: 'TAKEN' }
  | { readonly state: 'RUNNING'; readonly requestHash: Uint8Array }
  | { readonly state: 'DONE'; readonly requestHash: Uint8Array; readonly status: number; readonly answer: unknown }

/** `claim` (a UUID) tells one attempt from the next: who was too slow no longer decides about the key. */
type Claimed = Entry & { readonly claim: string }

/**
 * Outcomes by idempotency key; a key belongs to one operator and one route. Whoever takes a key has it until `leaseUntil`;
 * after that the same request takes it over, since its server is taken for dead.
 */
export const createIdempotencyStore = (db: Db) => {
  const of = (entry: Entry) =>
    db
      .selectFrom('idempotency_keys')
      .selectAll()
      .where('operator_id', '=', entry.operatorId)
      .where('route', '=', entry.route)
      .where('key', '=', entry.key)

  const ofClaim = (entry: Claimed) => sql<boolean>`operator_id = ${entry.operatorId} and route = ${entry.route}
    and key = ${entry.key} and status = 'RUNNING' and claim = ${entry.claim}`

  const begin = async (
    entry: Claimed & {
      readonly requestHash: Uint8Array
      readonly now: number
      readonly leaseUntil: number
      readonly expiresAt: number
    },
  ): Promise<EarlierOutcome> => {
    // One statement takes a free, expired or abandoned key, so of two clicks exactly one gets it.
    const taken = await sql`
      insert into idempotency_keys as k (key, operator_id, route, request_hash, status, expires_at, claim, lease_until)
      values (${entry.key}, ${entry.operatorId}, ${entry.route}, ${entry.requestHash}, 'RUNNING',
        ${time(entry.expiresAt)}, ${entry.claim}, ${time(entry.leaseUntil)})
      on conflict (operator_id, route, key) do update set request_hash = excluded.request_hash, status = 'RUNNING',
        http_status = null, answer = null, expires_at = excluded.expires_at, claim = excluded.claim,
        lease_until = excluded.lease_until
      where k.expires_at <= ${time(entry.now)}::timestamptz
        or (k.status = 'RUNNING' and k.request_hash = excluded.request_hash
          and (k.lease_until is null or k.lease_until <= ${time(entry.now)}::timestamptz))
      returning k.key`.execute(db)
    if (taken.rows.length > 0) return { state: 'TAKEN' }
    const row = await of(entry).executeTakeFirst()
    // Forgotten between the two statements: it is free again.
    if (!row) return begin(entry)
    if (row.status === 'RUNNING' || row.http_status === null) return { state: 'RUNNING', requestHash: row.request_hash }
    return { state: 'DONE', requestHash: row.request_hash, status: row.http_status, answer: row.answer }
  }

  return {
    begin,
    async finish(entry: Claimed & { readonly status: number; readonly answer: unknown }): Promise<void> {
      await db
        .updateTable('idempotency_keys')
        .set({ status: 'DONE', http_status: entry.status, answer: json(entry.answer ?? null) })
        .where(ofClaim(entry))
        .execute()
    },
    async forget(entry: Claimed): Promise<void> {
      await db.deleteFrom('idempotency_keys').where(ofClaim(entry)).execute()
    },
    async removeExpired(now: number): Promise<void> {
      await sql`delete from idempotency_keys where expires_at <= ${time(now)}::timestamptz`.execute(db)
    },
  }
}
