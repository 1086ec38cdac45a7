import type { Permission, Role } from '@cardwright/contract'
import type { Actor } from '@cardwright/core'

/** Who makes a request, and what this person may do. */
export type Caller = {
  readonly sessionId: string
  readonly tokenHash: Uint8Array
  readonly operator: {
    readonly id: string
    readonly displayName: string
    readonly loginName: string
    readonly role: Role
  }
  readonly permissions: ReadonlySet<Permission>
  readonly expiresAt: number
  readonly csrfToken: string
}

export const actorOf = (caller: Caller): Actor => ({
  kind: 'operator',
  id: caller.operator.id,
  label: caller.operator.displayName,
})

/** Whether a route's rule lets this caller in; `null` is somebody who has not signed in. */
export const mayCall = (access: 'public' | 'signed-in' | Permission, caller: Caller | null): boolean => {
  if (access === 'public') return true
  if (caller === null) return false
  return access === 'signed-in' || caller.permissions.has(access)
}
