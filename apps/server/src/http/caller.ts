import type { Access, GroupScope } from '@cardwright/adapters/db'
import {
  isUserRight,
  type Permission,
  type Route,
  type Session,
  type UserRight,
  type UserService,
} from '@cardwright/contract'
import type { Actor } from '@cardwright/core'

/** Who makes a request, and what this person may do. */
export type Caller = {
  readonly sessionId: string
  readonly tokenHash: Uint8Array
  readonly operator: {
    readonly id: string
    readonly displayName: string
    readonly loginName: string
    readonly role: Session['operator']['role']
  }
  readonly permissions: ReadonlySet<Permission>
  readonly scope: GroupScope
  readonly expiresAt: number
  readonly csrfToken: string
}

/** A visit of a browser to the User portal. Before the login there is no user and no service. */
export type Visitor = {
  readonly sessionId: string
  readonly tokenHash: Uint8Array
  readonly user: { readonly id: string; readonly displayName: string; readonly loginName: string } | null
  readonly service: UserService | null
  /** The only device that the login is good for (U-11); null = any of the user's. */
  readonly deviceId: string | null
  readonly rights: ReadonlySet<UserRight>
  readonly expiresAt: number
  readonly csrfToken: string
}

export const actorOf = (caller: Caller): Actor => ({
  kind: 'operator',
  id: caller.operator.id,
  label: caller.operator.displayName,
})

/** What a change of somebody's access by this caller must stay within. */
export const accessOf = ({ operator, permissions, scope }: Caller): Access => ({
  operatorId: operator.id,
  roleId: operator.role.id,
  permissions,
  scope,
})

/** The user behind a visit. Throws before the login: only routes with a right beyond `user:visit` may ask. */
export const userActorOf = ({ user }: Visitor): Actor => {
  if (user === null) throw new Error('nobody has logged in to this visit')
  return { kind: 'user', id: user.id, label: user.displayName }
}

/** Whether a route's rule lets this caller in; `null` is somebody who has not signed in. */
export const mayCall = (access: Route['access'], caller: Caller | null): boolean => {
  if (access === 'public') return true
  if (caller === null || isUserRight(access)) return false
  return access === 'signed-in' || caller.permissions.has(access)
}
