import { randomUUID } from 'node:crypto'
import type { Permission, Role, RoleWrite } from '@cardwright/contract'
import { refuse } from '@cardwright/core'
import { getRole } from '../queries/roles.ts'
import type { DbTransaction } from '../schema/index.ts'
import type { Database } from '../unit-of-work.ts'
import { json } from '../values.ts'
import { type AccessOrSystem, exceeds, isBeyond, type Reach } from './own-access.ts'
import { type By, factOf, refuseAccess, refuseWrite, type Written, whyNotChanged, write } from './written.ts'

const objectOf = ({ id, name }: Pick<Role, 'id' | 'name'>) => ({ type: 'role', id, label: name })

const existing = async (trx: DbTransaction, id: string): Promise<Role> =>
  (await getRole(trx, id)) ?? refuseWrite(refuse('NOT_FOUND'))

const refuseBeyondOwn = (reach: Reach, access: AccessOrSystem): void => {
  if (isBeyond(reach, access)) refuseAccess('ROLE_BEYOND_OWN')
}

/** Neither what is predefined nor what oneself has, nor what permits more than one has. */
const refuseUntouchable = (role: Role, access: AccessOrSystem): void => {
  if (role.predefined) refuseAccess('ROLE_PREDEFINED', { role: role.name })
  if (access !== 'SYSTEM' && access.roleId === role.id) refuseAccess('OWN_ROLE')
  refuseBeyondOwn(role, access)
}

/** Those who have it see, or are in, groups that the caller does not: what they may do is not the caller's to say. */
const refuseHeldElsewhere = async (trx: DbTransaction, role: Role, access: AccessOrSystem): Promise<void> => {
  if (access === 'SYSTEM' || access.scope === 'ALL') return
  const holders = await trx
    .selectFrom('users')
    .leftJoin('memberships', 'memberships.user_id', 'users.id')
    .select('memberships.group_id')
    .where('users.role', '=', role.id)
    .execute()
  const own = new Set<string | null>(access.scope.groupIds)
  if (holders.some(({ group_id }) => !own.has(group_id))) refuseAccess('OPERATOR_BEYOND_OWN')
}

/** A link that somebody made for the weaker role must not open the stronger one. */
const endLinks = async (trx: DbTransaction, roleId: string): Promise<void> => {
  const holders = trx.selectFrom('users').select('id').where('role', '=', roleId)
  await trx.deleteFrom('invitations').where('user_id', 'in', holders).where('used_at', 'is', null).execute()
}

const inOrder = (permissions: readonly Permission[]): Permission[] => [...new Set(permissions)].sort()

const listed = (permissions: readonly Permission[]): string | null => permissions.join(', ') || null

const rowOf = ({ name, description, permissions, scope }: RoleWrite) => ({
  name,
  description,
  permissions: json(inOrder(permissions)),
  scope,
})

type Duplicate = Pick<RoleWrite, 'name' | 'description'> & {
  readonly duplicateOf: string
  readonly permissions?: RoleWrite['permissions'] | undefined
  readonly scope?: RoleWrite['scope'] | undefined
}

export const createRole = (
  database: Database,
  input: Duplicate,
  by: By,
  access: AccessOrSystem,
): Promise<Written<Role>> =>
  write(database, async ({ trx, audit }) => {
    const original = await existing(trx, input.duplicateOf)
    const { permissions = original.permissions, scope = original.scope } = input
    refuseBeyondOwn({ permissions, scope }, access)
    const id = randomUUID()
    const row = rowOf({ ...input, permissions, scope })
    await trx
      .insertInto('roles')
      .values({ id, version: 1, predefined: false, ...row })
      .execute()
    const role = await existing(trx, id)
    const details = { duplicateOf: original.name, added: listed(role.permissions), scope }
    audit(factOf(by, 'role.created', objectOf(role), details))
    return role
  })

/** Compare-and-set on `version`. In effect with the next request of whoever has the role; links end if it permits more. */
export const updateRole = (
  database: Database,
  id: string,
  input: RoleWrite & { readonly version: number },
  by: By,
  access: AccessOrSystem,
): Promise<Written<Role>> =>
  write(database, async ({ trx, audit }) => {
    const before = await existing(trx, id)
    refuseUntouchable(before, access)
    refuseBeyondOwn(input, access)
    await refuseHeldElsewhere(trx, before, access)
    const { numUpdatedRows } = await trx
      .updateTable('roles')
      .set({ ...rowOf(input), version: input.version + 1 })
      .where('id', '=', id)
      .where('version', '=', input.version)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) refuseWrite(await whyNotChanged(trx, 'roles', id))
    const role = await existing(trx, id)
    if (exceeds(role, before)) await endLinks(trx, id)
    audit(
      factOf(by, 'role.changed', objectOf(role), {
        added: listed(role.permissions.filter(p => !before.permissions.includes(p))),
        removed: listed(before.permissions.filter(p => !role.permissions.includes(p))),
        ...(role.scope === before.scope ? {} : { scope: `${before.scope} → ${role.scope}` }),
        ...(role.name === before.name ? {} : { name: `${before.name} → ${role.name}` }),
      }),
    )
    return role
  })

export const deleteRole = (
  database: Database,
  id: string,
  version: number,
  by: By,
  access: AccessOrSystem,
): Promise<Written<Role>> =>
  write(database, async ({ trx, audit }) => {
    const role = await existing(trx, id)
    refuseUntouchable(role, access)
    if (role.holders > 0) refuseAccess('ROLE_IN_USE', { role: role.name, count: role.holders })
    const { numDeletedRows } = await trx
      .deleteFrom('roles')
      .where('id', '=', id)
      .where('version', '=', version)
      .executeTakeFirst()
    if (numDeletedRows === 0n) refuseWrite(await whyNotChanged(trx, 'roles', id))
    audit(factOf(by, 'role.deleted', objectOf(role), { removed: listed(role.permissions), scope: role.scope }))
    return role
  })
