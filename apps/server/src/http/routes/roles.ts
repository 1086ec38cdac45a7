import { createRole, type Database, deleteRole, getRole, listRoles, updateRole } from '@cardwright/adapters/db'
import { routes } from '@cardwright/contract'
import type { Clock } from '@cardwright/core'
import { accessOf, actorOf, type Caller } from '../caller.ts'
import type { Registrar } from '../registrar.ts'
import { written } from '../written.ts'
import { found } from './people.ts'

export type RoleRoutePorts = { readonly database: Database; readonly clock: Clock }

export const registerRoleRoutes = ({ handle }: Registrar, { database, clock }: RoleRoutePorts): void => {
  const { db } = database
  const by = (caller: Caller) => ({ actor: actorOf(caller), at: clock() })

  handle(routes.listRoles, async () => ({ rows: await listRoles(db) }))
  handle(routes.getRole, async ({ params }) => found(await getRole(db, params.id)))
  handle(routes.createRole, async ({ body, caller }) =>
    written(await createRole(database, body, by(caller), accessOf(caller))),
  )
  handle(routes.updateRole, async ({ params, body, caller }) =>
    written(await updateRole(database, params.id, body, by(caller), accessOf(caller))),
  )
  handle(routes.deleteRole, async ({ params, body, caller }) => {
    written(await deleteRole(database, params.id, body.version, by(caller), accessOf(caller)))
    return {}
  })
}
