import { type Actor, type AuditFact, type Outcome, type Refusal, refuse } from '@cardwright/core'
import { codeOf } from '../errors.ts'
import type { DbTransaction } from '../schema/index.ts'
import type { Database, Scope } from '../unit-of-work.ts'

/** Who makes a change, and when (milliseconds since 1970). */
export type By = { readonly actor: Actor; readonly at: number }

/** What somebody's access does not reach, or must not undo; the texts are the edge's (http/problem-texts.ts). */
export type AccessRefusalCode =
  | 'OWN_ACCESS'
  | 'OWN_ROLE'
  | 'OWN_GROUPS'
  | 'ROLE_BEYOND_OWN'
  | 'OPERATOR_BEYOND_OWN'
  | 'GROUP_OUT_OF_SCOPE'
  | 'ROLE_PREDEFINED'
  | 'ROLE_IN_USE'
  | 'LAST_ADMINISTRATOR'
export type AccessRefusal = {
  readonly ok: false
  readonly code: 'ACCESS_REFUSED'
  readonly why: AccessRefusalCode
  readonly params: Readonly<Record<string, string | number>>
}

/** A field that only what is stored could refuse: its value is taken, names something that does not exist, or is lacking. */
export type FieldRefusal = {
  readonly ok: false
  readonly code: 'FIELD_REFUSED'
  readonly field:
    | 'loginName'
    | 'upn'
    | 'name'
    | 'groupIds'
    | 'assignments'
    | 'layouts'
    | 'text'
    | 'password'
    | 'bindPassword'
    | 'role'
  readonly why: 'TAKEN' | 'UNKNOWN' | 'NEEDED'
}

/** VERSION_CONFLICT carries `by` (a name) and `at` (ISO 8601) of the change that came first. */
export type Written<T> = Outcome<T> | FieldRefusal | AccessRefusal

const fields: Readonly<Record<string, Pick<FieldRefusal, 'field' | 'why'>>> = {
  users_login_name: { field: 'loginName', why: 'TAKEN' },
  users_upn: { field: 'upn', why: 'TAKEN' },
  roles_name: { field: 'name', why: 'TAKEN' },
  users_role_fkey: { field: 'role', why: 'UNKNOWN' },
  printers_name: { field: 'name', why: 'TAKEN' },
  printer_groups_group_id_fkey: { field: 'groupIds', why: 'UNKNOWN' },
  groups_name: { field: 'name', why: 'TAKEN' },
  security_questions_text: { field: 'text', why: 'TAKEN' },
  memberships_group_id_fkey: { field: 'groupIds', why: 'UNKNOWN' },
  assignments_policy_id_fkey: { field: 'assignments', why: 'UNKNOWN' },
  layout_assignments_layout_id_fkey: { field: 'layouts', why: 'UNKNOWN' },
}

/** Carries a refusal out of the transaction, which rolls it back. */
class Refused extends Error {
  readonly refusal: Refusal | FieldRefusal | AccessRefusal
  constructor(refusal: Refusal | FieldRefusal | AccessRefusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

export const refuseWrite = (refusal: Refusal | FieldRefusal): never => {
  throw new Refused(refusal)
}

export const refuseAccess = (why: AccessRefusalCode, params: AccessRefusal['params'] = {}): never => {
  throw new Refused({ ok: false, code: 'ACCESS_REFUSED', why, params })
}

const fieldRefusal = (error: unknown): FieldRefusal | null => {
  const code = codeOf(error)
  if (code !== '23505' && code !== '23503') return null
  const constraint = (error as { constraint?: unknown }).constraint
  const found = typeof constraint === 'string' ? fields[constraint] : undefined
  return found ? { ok: false, code: 'FIELD_REFUSED', ...found } : null
}

/** One administrative change with its audit fact, in one transaction. */
export const write = async <T>(database: Database, work: (scope: Scope) => Promise<T>): Promise<Written<T>> => {
  try {
    const value = await database.transaction(async scope => {
      try {
        return await work(scope)
      } catch (error) {
        const refusal = fieldRefusal(error)
        throw refusal ? new Refused(refusal) : error
      }
    })
    return { ok: true, value }
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    throw error
  }
}

export const conflict = (by: string, at: number): Refusal =>
  refuse('VERSION_CONFLICT', { by, at: new Date(at).toISOString() })

/** Why a compare-and-set on an object found no row: it is not there, or somebody (the audit knows who) was faster. */
export const whyNotChanged = async (
  trx: DbTransaction,
  table: 'users' | 'groups' | 'roles' | 'printers',
  id: string,
): Promise<Refusal> => {
  const there = await trx.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst()
  if (!there) return refuse('NOT_FOUND')
  const type = table.slice(0, -1)
  const last = await trx
    .selectFrom('audit')
    .select(['actor_label', 'at'])
    .where('object_type', '=', type)
    .where('object_id', '=', id)
    .where('action', 'like', `${type}.%`)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ? conflict(last.actor_label, last.at) : refuse('VERSION_CONFLICT', { by: 'unknown' })
}

export const factOf = (
  by: By,
  action: string,
  object: AuditFact['object'],
  details: AuditFact['details'] = {},
): AuditFact => ({
  at: by.at,
  actor: by.actor,
  action,
  object,
  userId: object.type === 'user' ? object.id : null,
  deviceId: null,
  result: 'SUCCESS',
  reason: null,
  details,
})
