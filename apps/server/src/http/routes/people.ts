import {
  createGroup,
  createUser,
  type Database,
  getGroupView,
  getUserView,
  listGroups,
  listUsers,
  searchEverything,
  setRole,
  updateGroup,
  updateUser,
  userTimeline,
} from '@cardwright/adapters/db'
import { routes } from '@cardwright/contract'
import { type Clock, RefusalError, refuse } from '@cardwright/core'
import type { SignIn } from '../../sign-in/sign-in.ts'
import { accessOf, actorOf, type Caller } from '../caller.ts'
import { EdgeError } from '../problems.ts'
import type { Registrar } from '../registrar.ts'
import { written } from '../written.ts'

export type PeopleRoutePorts = {
  readonly database: Database
  readonly signIn: SignIn
  readonly clock: Clock
  readonly publicUrl: () => string
}

export const found = <T>(value: T | null): T => {
  if (value === null) throw new RefusalError(refuse('NOT_FOUND'))
  return value
}

/** What stands on the page of a user is for those who may see users, also where it is drawn on a card. */
export const insistOnSeeingUsers = ({ permissions }: Caller): void => {
  if (!permissions.has('user.read')) throw new EdgeError('PERMISSION_REQUIRED', { permission: 'user.read' })
}

export const registerPeopleRoutes = ({ handle }: Registrar, ports: PeopleRoutePorts): void => {
  const { database, clock } = ports
  const { db } = database
  const by = (caller: Caller) => ({ actor: actorOf(caller), at: clock() })
  const user = async (id: string, { scope }: Caller) => found(await getUserView(db, scope, id))
  const group = async (id: string, { scope }: Caller) => found(await getGroupView(db, scope, id))

  handle(routes.search, async ({ query, caller }) => {
    const hits = await searchEverything(db, caller.scope, query.q)
    return { hits: hits.filter(hit => hit.kind === 'user' || caller.permissions.has('device.read')) }
  })
  handle(routes.listUsers, ({ query, caller }) => listUsers(db, caller.scope, query))
  handle(routes.getUser, ({ params, caller }) => user(params.id, caller))
  handle(routes.userTimeline, async ({ params, query, caller }) => {
    await user(params.id, caller)
    return userTimeline(db, params.id, query)
  })
  handle(routes.createUser, async ({ body, caller }) => {
    const access = accessOf(caller)
    return user(written(await createUser(database, body, by(caller), { access })).id, caller)
  })
  handle(routes.updateUser, async ({ params, body, caller }) =>
    user(written(await updateUser(database, params.id, body, by(caller), accessOf(caller))).id, caller),
  )

  handle(routes.inviteOperator, async ({ params, body, caller }) => {
    const invited = written(await setRole(database, params.id, body.role, by(caller), accessOf(caller)))
    const { token, expiresAt } = await ports.signIn.invite(invited, actorOf(caller))
    return { link: `${ports.publicUrl()}/setup#token=${token}`, expiresAt: new Date(expiresAt).toISOString() }
  })

  handle(routes.dismissOperator, async ({ params, caller }) =>
    user(written(await setRole(database, params.id, null, by(caller), accessOf(caller))).id, caller),
  )

  handle(routes.listGroups, async ({ caller }) => ({ rows: await listGroups(db, caller.scope) }))
  handle(routes.getGroup, ({ params, caller }) => group(params.id, caller))
  handle(routes.createGroup, async ({ body, caller }) =>
    group(written(await createGroup(database, body, by(caller))).id, caller),
  )
  handle(routes.updateGroup, async ({ params, body, caller }) =>
    group(written(await updateGroup(database, params.id, body, by(caller))).id, caller),
  )
}
