import type { CreateUser, DisableUser, GroupPlan, ImportedFields, UpdateUser, User } from '@cardwright/core'
import { newId } from '../new-id.ts'
import { userRow } from '../rows/users.ts'
import type { DbTransaction } from '../schema/index.ts'
import { userPort } from '../transaction/people.ts'
import type { Database, Scope } from '../unit-of-work.ts'
import { isLastAdministrator } from './own-access.ts'
import { type By, factOf } from './written.ts'

export type SyncStep =
  | { readonly kind: 'create'; readonly user: CreateUser }
  | { readonly kind: 'update'; readonly user: UpdateUser }
  | { readonly kind: 'disable'; readonly user: DisableUser }

export type Applied = {
  readonly created: number
  readonly updated: number
  readonly disabled: number
  readonly skipped: number
}

const objectOf = (id: string, label: string) => ({ type: 'user', id, label })

/** Somebody else has the name since the plan was made; the indexes users_login_name and users_upn would refuse. */
const isTaken = async (trx: DbTransaction, { loginName, upn }: ImportedFields, id: string | null): Promise<boolean> => {
  const holder = await trx
    .selectFrom('users')
    .select('id')
    .where(({ eb, fn, or }) =>
      or([
        eb(fn<string>('lower', ['login_name']), '=', loginName.toLowerCase()),
        ...(upn === null ? [] : [eb(fn<string>('lower', ['upn']), '=', upn.toLowerCase())]),
      ]),
    )
    .where('id', 'is distinct from', id)
    .executeTakeFirst()
  return holder !== undefined
}

const putMemberships = async (trx: DbTransaction, userId: string, groupIds: readonly string[]): Promise<void> => {
  await trx.deleteFrom('memberships').where('user_id', '=', userId).execute()
  if (groupIds.length === 0) return
  await trx
    .insertInto('memberships')
    .values(groupIds.map(group_id => ({ user_id: userId, group_id })))
    .execute()
}

const create = async ({ trx, audit }: Scope, { directoryId, dn, fields }: CreateUser, by: By): Promise<boolean> => {
  if (await isTaken(trx, fields, null)) return false
  const known = await trx
    .selectFrom('directory_users')
    .select('user_id')
    .where('directory_id', '=', directoryId)
    .executeTakeFirst()
  if (known) return false
  const user: User = {
    ...fields,
    language: null,
    id: newId(by.at),
    version: 1,
    status: 'ACTIVE',
    role: null,
    cardholderUuid: newId(by.at),
    createdAt: by.at,
  }
  await trx.insertInto('users').values(userRow(user)).execute()
  await trx
    .insertInto('directory_users')
    .values({ user_id: user.id, directory_id: directoryId, dn, disabled_version: null })
    .execute()
  await putMemberships(trx, user.id, user.groupIds)
  audit(factOf(by, 'user.imported', objectOf(user.id, user.displayName), { dn }))
  return true
}

/** Compare-and-set on `version`: what somebody changed since the plan was made is left to the next sync. */
const replace = async (trx: DbTransaction, before: User, after: Partial<User>): Promise<boolean> => {
  const { numUpdatedRows } = await trx
    .updateTable('users')
    .set(userRow({ ...before, ...after, version: before.version + 1 }))
    .where('id', '=', before.id)
    .where('version', '=', before.version)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

const update = async ({ trx, audit }: Scope, user: UpdateUser, by: By): Promise<boolean> => {
  const before = await userPort(trx).get(user.id)
  if (before?.version !== user.version || (await isTaken(trx, user.fields, user.id))) return false
  if (!(await replace(trx, before, { ...user.fields, ...(user.enable ? { status: 'ACTIVE' } : {}) }))) return false
  await putMemberships(trx, user.id, user.fields.groupIds)
  await trx
    .updateTable('directory_users')
    .set({ dn: user.dn, disabled_version: null })
    .where('user_id', '=', user.id)
    .execute()
  const changed = user.differences.map(difference => difference.field).join(', ')
  audit(factOf(by, 'user.updated', objectOf(user.id, user.fields.displayName), { changed }))
  return true
}

/** As an operator's disabling: all sessions of that user end at once. */
const disable = async ({ trx, audit }: Scope, { id, version, why }: DisableUser, by: By): Promise<boolean> => {
  const before = await userPort(trx).get(id)
  if (before?.version !== version || (await isLastAdministrator(trx, before))) return false
  if (!(await replace(trx, before, { status: 'DISABLED' }))) return false
  await trx
    .updateTable('directory_users')
    .set({ disabled_version: version + 1 })
    .where('user_id', '=', id)
    .execute()
  await trx.deleteFrom('sessions').where('user_id', '=', id).execute()
  audit(factOf(by, 'user.disabled', objectOf(id, before.displayName), { why }))
  return true
}

/** A page of a sync plan in one transaction. `skipped` = changed by somebody else since the plan was made. */
export const applySyncSteps = (database: Database, steps: readonly SyncStep[], by: By): Promise<Applied> =>
  database.transaction(async scope => {
    const counts = { created: 0, updated: 0, disabled: 0, skipped: 0 }
    for (const step of steps) {
      if (step.kind === 'create') counts[(await create(scope, step.user, by)) ? 'created' : 'skipped']++
      else if (step.kind === 'update') counts[(await update(scope, step.user, by)) ? 'updated' : 'skipped']++
      else counts[(await disable(scope, step.user, by)) ? 'disabled' : 'skipped']++
    }
    return counts
  })

/** Before the users: their memberships name these groups. */
export const applyGroupPlan = (
  database: Database,
  { create, link }: Pick<GroupPlan, 'create' | 'link'>,
  by: By,
): Promise<void> =>
  database.transaction(async ({ trx, audit }) => {
    for (const { id, name, directoryId } of create) {
      await trx.insertInto('groups').values({ id, version: 1, name, description: '' }).execute()
      await trx.insertInto('directory_groups').values({ group_id: id, directory_id: directoryId }).execute()
      audit(factOf(by, 'group.imported', { type: 'group', id, label: name }))
    }
    for (const { id, name, directoryId } of link) {
      await trx.deleteFrom('directory_groups').where('group_id', '=', id).execute()
      await trx.insertInto('directory_groups').values({ group_id: id, directory_id: directoryId }).execute()
      audit(factOf(by, 'group.linked', { type: 'group', id, label: name }))
    }
  })
