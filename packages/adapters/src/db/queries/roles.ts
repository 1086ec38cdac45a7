import {
  isPredefinedRole,
  type Permission,
  permissions,
  predefinedRoles,
  type Role,
  rolePermissions,
} from '@cardwright/contract'
import { type Selectable, sql } from 'kysely'
import type { Db, Tables } from '../schema/index.ts'

type Stored = Pick<Selectable<Tables['roles']>, 'id' | 'permissions'>

/** A predefined role permits what this release says. A stored permission that this release does not know permits nothing. */
export const permissionsOfRole = ({ id, permissions: stored }: Stored): Permission[] =>
  isPredefinedRole(id) ? [...rolePermissions[id]] : permissions.filter(p => stored?.includes(p))

const roles = (db: Db) =>
  db
    .selectFrom('roles')
    .selectAll()
    .select(sql<number>`(select count(*) from users u where u.role = roles.id)`.as('holders'))

const viewOf = (row: Selectable<Tables['roles']> & { readonly holders: number }): Role => ({
  id: row.id,
  version: row.version,
  name: row.name,
  description: row.description,
  predefined: row.predefined,
  permissions: permissionsOfRole(row),
  scope: row.scope,
  holders: row.holders,
})

/** The predefined ones in the order of the contract, then the others by name. */
export const listRoles = async (db: Db): Promise<Role[]> => {
  const rows = (await roles(db).orderBy(sql`lower(name)`).execute()).map(viewOf)
  const predefined = predefinedRoles.flatMap(id => rows.filter(role => role.id === id))
  return [...predefined, ...rows.filter(role => !role.predefined)]
}

/** What somebody with this role may do; null = there is no such role. */
export const accessOfRole = async (
  db: Db,
  id: string,
): Promise<Pick<Role, 'id' | 'name' | 'permissions' | 'scope'> | null> => {
  const row = await db.selectFrom('roles').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? { id: row.id, name: row.name, permissions: permissionsOfRole(row), scope: row.scope } : null
}

export const getRole = async (db: Db, id: string): Promise<Role | null> => {
  const row = await roles(db).where('roles.id', '=', id).executeTakeFirst()
  return row ? viewOf(row) : null
}
