import { randomUUID } from 'node:crypto'
import type { Clock, SecuritySettings, User } from '@cardwright/core'
import type { Caller } from '../http/caller.ts'
import { csrfTokenOf } from '../http/csrf.ts'
import type { SignInStore } from './sign-in-store.ts'
import { newToken, tokenHash } from './tokens.ts'

export type Sessions = {
  /** A new session with a new token; never one that the browser brought along (session fixation). */
  begin(user: User): Promise<{ readonly token: string; readonly caller: Caller }>
  /**
   * The caller behind a token, or null if the session is unknown, idle too long, too old, or its user may no more. What a
   * page that nobody attends asks for by itself is no activity.
   */
  find(token: string, attended?: boolean): Promise<Caller | null>
  /** As `find`, without counting as activity: an open stream must not keep an absent operator signed in. */
  isAlive(caller: Caller): Promise<boolean>
  /** Alive, and with the access of then: what was admitted with another one must be asked for again. */
  isUnchanged(caller: Caller): Promise<boolean>
  end(sessionId: string): Promise<void>
}

/** Activity is written at most this often; the idle time-out is minutes. */
const TOUCH_EVERY_MS = 20_000
const MINUTE = 60_000

type OperatorAccess = Pick<Caller, 'permissions' | 'scope'> & { readonly role: Caller['operator']['role'] }

const sameAccess = (a: Pick<Caller, 'permissions' | 'scope'>, b: Pick<Caller, 'permissions' | 'scope'>): boolean =>
  JSON.stringify([[...a.permissions].sort(), a.scope]) === JSON.stringify([[...b.permissions].sort(), b.scope])

export const createSessions = (
  store: SignInStore,
  settings: () => Promise<SecuritySettings>,
  clock: Clock,
): Sessions => {
  /** Read for each request, so that a changed role is in effect with the next one. */
  const accessOf = async (user: User): Promise<OperatorAccess | null> => {
    const role = user.role === null ? null : await store.roles.access(user.role)
    if (role === null) return null
    return {
      role: { id: role.id, name: role.name },
      permissions: new Set(role.permissions),
      scope: role.scope === 'ALL' ? 'ALL' : { groupIds: user.groupIds },
    }
  }

  const read = async (
    hash: Uint8Array,
  ): Promise<{ id: string; user: User; access: OperatorAccess; lastSeenAt: number; expiresAt: number } | null> => {
    const session = await store.sessions.find(hash)
    if (session === null) return null
    const now = clock()
    const { idleMinutes, sessionHours } = await settings()
    const idleUntil = session.lastSeenAt + idleMinutes * MINUTE
    // The setting may have been shortened since the session began.
    const endsAt = Math.min(session.expiresAt, session.createdAt + sessionHours * 60 * MINUTE)
    if (now >= idleUntil || now >= endsAt) {
      await store.sessions.remove(session.id)
      return null
    }
    const user = await store.users.get(session.userId)
    if (user === null || user.status !== 'ACTIVE') return null
    const access = await accessOf(user)
    if (access === null) return null
    return {
      id: session.id,
      user,
      access,
      lastSeenAt: session.lastSeenAt,
      expiresAt: Math.min(idleUntil, endsAt),
    }
  }

  const callerOf = (
    sessionId: string,
    token: string,
    user: User,
    { role, permissions, scope }: OperatorAccess,
    expiresAt: number,
  ): Caller => ({
    sessionId,
    tokenHash: tokenHash(token),
    operator: { id: user.id, displayName: user.displayName, loginName: user.loginName, role },
    permissions,
    scope,
    expiresAt,
    csrfToken: csrfTokenOf(token),
  })

  return {
    begin: async user => {
      const access = await accessOf(user)
      if (access === null) throw new Error('only operators sign in here')
      const token = newToken()
      const now = clock()
      const { idleMinutes, sessionHours } = await settings()
      const expiresAt = now + sessionHours * 60 * MINUTE
      const id = randomUUID()
      await store.sessions.create({
        id,
        tokenHash: tokenHash(token),
        userId: user.id,
        createdAt: now,
        lastSeenAt: now,
        expiresAt,
      })
      const until = Math.min(expiresAt, now + idleMinutes * MINUTE)
      return { token, caller: callerOf(id, token, user, access, until) }
    },
    find: async (token, attended = true) => {
      const hash = tokenHash(token)
      const found = await read(hash)
      if (found === null) return null
      const now = clock()
      if (attended && now - found.lastSeenAt >= TOUCH_EVERY_MS) await store.sessions.touch(found.id, now)
      return callerOf(found.id, token, found.user, found.access, found.expiresAt)
    },
    isAlive: async caller => (await read(caller.tokenHash)) !== null,
    isUnchanged: async caller => {
      const found = await read(caller.tokenHash)
      return found !== null && sameAccess(found.access, caller)
    },
    end: sessionId => store.sessions.remove(sessionId),
  }
}
