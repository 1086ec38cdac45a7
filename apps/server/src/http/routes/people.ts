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
import { actorOf, type Caller } from '../caller.ts'
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

export const registerPeopleRoutes = ({ handle }: Registrar, ports: PeopleRoutePorts): void => {
  const { database, clock } = ports
  const { db } = database
  const by = (caller: Caller) => ({ actor: actorOf(caller), at: clock() })
  const user = async (id: string) => found(await getUserView(db, id))
  const group = async (id: string) => found(await getGroupView(db, id))

  handle(routes.search, async ({ query, caller }) => {
    const hits = await searchEverything(db, query.q)
    return { hits: hits.filter(hit => hit.kind === 'user' || caller.permissions.has('device.read')) }
  })
  handle(routes.listUsers, ({ query }) => listUsers(db, query))
  handle(routes.getUser, ({ params }) => user(params.id))
  handle(routes.userTimeline, async ({ params, query }) => {
    await user(params.id)
    return userTimeline(db, params.id, query)
  })
  handle(routes.createUser, async ({ body, caller }) => user(written(await createUser(database, body, by(caller))).id))
  handle(routes.updateUser, async ({ params, body, caller }) => {
    // The last administrator would lock everybody out.
    if (params.id === caller.operator.id && body.status !== 'ACTIVE') throw new EdgeError('OWN_ACCESS')
    return user(written(await updateUser(database, params.id, body, by(caller))).id)
  })

  handle(routes.inviteOperator, async ({ params, body, caller }) => {
    if (params.id === caller.operator.id) throw new EdgeError('OWN_ACCESS')
    const invited = written(await setRole(database, params.id, body.role, by(caller)))
    if (invited.status !== 'ACTIVE') throw new RefusalError(refuse('USER_DISABLED'))
    const { token, expiresAt } = await ports.signIn.invite(invited, actorOf(caller))
    return { link: `${ports.publicUrl()}/setup#token=${token}`, expiresAt: new Date(expiresAt).toISOString() }
  })

  handle(routes.listGroups, async () => ({ rows: await listGroups(db) }))
  handle(routes.getGroup, ({ params }) => group(params.id))
  handle(routes.createGroup, async ({ body, caller }) =>
    group(written(await createGroup(database, body, by(caller))).id),
  )
  handle(routes.updateGroup, async ({ params, body, caller }) =>
    group(written(await updateGroup(database, params.id, body, by(caller))).id),
  )
}
