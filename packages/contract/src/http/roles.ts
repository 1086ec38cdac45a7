import { z } from 'zod'
import { permissions, predefinedRoles, roleScopes } from '../permissions.ts'
import { route } from '../route.ts'
import { id, name, text, version } from '../vocabulary.ts'

/** A predefined role has its name as id, a duplicate a UUID. */
export const roleId = z.union([z.enum(predefinedRoles), id])
/** As it is shown beside an operator. */
export const roleName = z.object({ id: roleId, name: z.string() })

export const role = z.object({
  id: roleId,
  version,
  name: z.string(),
  description: z.string(),
  /** Can be duplicated, but neither changed nor deleted. */
  predefined: z.boolean(),
  permissions: z.array(z.enum(permissions)),
  scope: z.enum(roleScopes),
  /** Users who have it. */
  holders: z.int(),
})
export type Role = z.infer<typeof role>

const roleWrite = z.object({
  name,
  description: text(500).default(''),
  permissions: z.array(z.enum(permissions)).max(permissions.length),
  scope: z.enum(roleScopes),
})
export type RoleWrite = z.infer<typeof roleWrite>

export const roleRoutes = {
  listRoles: route({
    id: 'listRoles',
    method: 'GET',
    path: '/api/roles',
    tag: 'roles',
    summary: 'Roles: the predefined ones, then the others by name',
    access: 'role.read',
    answer: z.object({ rows: z.array(role) }),
  }),
  getRole: route({
    id: 'getRole',
    method: 'GET',
    path: '/api/roles/:id',
    tag: 'roles',
    summary: 'One role',
    access: 'role.read',
    params: z.object({ id: roleId }),
    about: 'role',
    answer: role,
  }),
  createRole: route({
    id: 'createRole',
    method: 'POST',
    path: '/api/roles',
    tag: 'roles',
    summary: 'Duplicate a role; permissions and scope are those of the original unless others are given',
    access: 'role.write',
    idempotent: true,
    body: roleWrite.partial({ permissions: true, scope: true }).extend({ duplicateOf: roleId }),
    answer: role,
  }),
  updateRole: route({
    id: 'updateRole',
    method: 'PUT',
    path: '/api/roles/:id',
    tag: 'roles',
    summary: 'Change a role; in effect at once for whoever has it',
    access: 'role.write',
    params: z.object({ id: roleId }),
    about: 'role',
    body: roleWrite.extend({ version }),
    answer: role,
  }),
  deleteRole: route({
    id: 'deleteRole',
    method: 'DELETE',
    path: '/api/roles/:id',
    tag: 'roles',
    summary: 'Delete a role that nobody has',
    access: 'role.write',
    params: z.object({ id: roleId }),
    about: 'role',
    body: z.object({ version }),
    answer: z.object({}),
  }),
}
