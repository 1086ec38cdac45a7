import { randomUUID } from 'node:crypto'
import { type Db, type StoredVisit, visitStore } from '@cardwright/adapters/db'
import { type UserService, userServiceRights } from '@cardwright/contract'
import type { Clock, User, UserPortalSettings } from '@cardwright/core'
import type { Visitor } from '../http/caller.ts'
import { csrfTokenOf } from '../http/csrf.ts'
import { EdgeError } from '../http/problems.ts'
import { newToken, tokenHash } from '../sign-in/tokens.ts'

type Named = Pick<User, 'id' | 'displayName' | 'loginName'>

export type BegunVisit = { readonly token: string; readonly visitor: Visitor }

export type Visits = {
  /** A visit before the login. */
  begin(): Promise<BegunVisit>
  /**
   * The visit as this user's, under a new token and a new id: whoever planted the visit in the browser has neither the
   * cookie nor a workstation that is connected to it. Only a visit of the same user keeps its id, so that its workstation
   * and what runs there stay. EdgeError VISIT_REQUIRED if the visit ended meanwhile. `deviceId` is the only device that
   * the login is good for, if there is one.
   */
  logIn(visitor: Visitor, user: Named, service: UserService, deviceId?: string | null): Promise<BegunVisit>
  /** The same in two steps, for a transaction: nothing is read while it is open. */
  prepareLogIn(
    visitor: Visitor,
    user: Named,
    service: UserService,
    deviceId: string | null,
  ): Promise<BegunVisit & { store(trx: Db): Promise<void> }>
  /**
   * The visit of a token, or null if it is unknown, idle too long, too old, or its user may no more, or the device that
   * it was logged in to with may not.
   */
  find(token: string): Promise<Visitor | null>
  /** As `find`, without counting as activity. False after a login, too: that has another token. */
  isAlive(visitor: Visitor): Promise<boolean>
  /** Whether the visit goes on, under whatever token: its workstation stays connected when the same user logs in again. */
  isOpen(visitId: string): Promise<boolean>
  /** Counts as activity: an issuance that goes on is no idle time. */
  touch(visitId: string): Promise<void>
  end(visitId: string): Promise<void>
  removeExpired(): Promise<void>
}

type VisitPorts = {
  readonly db: Db
  readonly users: { get(id: string): Promise<User | null> }
  readonly settings: () => Promise<UserPortalSettings>
  readonly clock: Clock
}

/** Activity is written at most this often; the idle time-out is minutes. */
const TOUCH_EVERY_MS = 20_000
const MINUTE = 60_000
/** From the start of the visit, and anew from the login. */
const LIFETIME_MS = 120 * MINUTE
/** The longest idle time that can be set. */
const LONGEST_IDLE_MS = 60 * MINUTE

export const createVisits = ({ db, users, settings, clock }: VisitPorts): Visits => {
  const store = visitStore(db)

  const visitorOf = (visit: StoredVisit, token: string, user: Named | null, expiresAt: number): Visitor => ({
    sessionId: visit.id,
    tokenHash: tokenHash(token),
    user: user && { id: user.id, displayName: user.displayName, loginName: user.loginName },
    service: visit.service,
    deviceId: visit.deviceId,
    rights: new Set(visit.service === null ? (['user:visit'] as const) : userServiceRights[visit.service]),
    expiresAt,
    csrfToken: csrfTokenOf(token),
  })

  const serves = async ({ deviceId, userId }: StoredVisit): Promise<boolean> =>
    deviceId !== null && userId !== null && store.deviceServes(deviceId, userId)

  const read = async (found: Promise<StoredVisit | null>) => {
    const visit = await found
    if (visit === null) return null
    const now = clock()
    const { idleMinutes } = await settings()
    const endsAt = Math.min(visit.lastSeenAt + idleMinutes * MINUTE, visit.expiresAt)
    if (now >= endsAt) {
      await store.remove(visit.id)
      return null
    }
    const user = visit.userId === null ? null : await users.get(visit.userId)
    if (visit.userId !== null && user?.status !== 'ACTIVE') return null
    // Whoever reports a device lost or stolen must not find the finder still logged in with it.
    if (visit.service === 'DEVICE' && !(await serves(visit))) return null
    return { visit, user, endsAt }
  }

  /** What a visit is when it begins, and when somebody logs in to it. */
  const fresh = async (id: string, user: Named | null, service: UserService | null, deviceId: string | null) => {
    const token = newToken()
    const now = clock()
    const visit: StoredVisit = {
      id,
      userId: user?.id ?? null,
      service,
      deviceId,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: now + LIFETIME_MS,
    }
    const { idleMinutes } = await settings()
    return { token, visit, visitor: visitorOf(visit, token, user, now + idleMinutes * MINUTE) }
  }

  const prepareLogIn: Visits['prepareLogIn'] = async (before, user, service, deviceId) => {
    const id = before.user?.id === user.id ? before.sessionId : randomUUID()
    const { token, visit, visitor } = await fresh(id, user, service, deviceId)
    const put = async (trx: Db): Promise<void> => {
      const row = { ...visit, tokenHash: visitor.tokenHash }
      if (!(await visitStore(trx).logIn(before.tokenHash, row))) throw new EdgeError('VISIT_REQUIRED')
    }
    return { token, visitor, store: put }
  }

  return {
    begin: async () => {
      const { token, visit, visitor } = await fresh(randomUUID(), null, null, null)
      await store.create({ ...visit, tokenHash: visitor.tokenHash })
      return { token, visitor }
    },
    prepareLogIn,
    logIn: async (visitor, user, service, deviceId = null) => {
      const { store: put, ...begun } = await prepareLogIn(visitor, user, service, deviceId)
      await put(db)
      return begun
    },
    find: async token => {
      const found = await read(store.find(tokenHash(token)))
      if (found === null) return null
      const now = clock()
      if (now - found.visit.lastSeenAt >= TOUCH_EVERY_MS) await store.touch(found.visit.id, now)
      return visitorOf(found.visit, token, found.user, found.endsAt)
    },
    isAlive: async visitor => (await read(store.find(visitor.tokenHash))) !== null,
    isOpen: async visitId => (await read(store.get(visitId))) !== null,
    touch: visitId => store.touch(visitId, clock()),
    end: visitId => store.remove(visitId),
    removeExpired: () => store.removeExpired(clock(), clock() - LONGEST_IDLE_MS),
  }
}
