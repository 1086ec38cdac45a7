import { randomUUID } from 'node:crypto'
import { wordOfRole } from '@cardwright/adapters/db'
import type { Actor, AuditFact, Clock, Keys, SecuritySettings, Store, User } from '@cardwright/core'
import { EdgeError } from '../http/problems.ts'
import type { Passkeys } from './passkeys.ts'
import { type Passwords, PasswordsBusyError } from './password.ts'
import type { Sessions } from './sessions.ts'
import type { SignInStore, StoredInvitation } from './sign-in-store.ts'
import { newToken, tokenHash } from './tokens.ts'

export type SignInPorts = {
  readonly store: SignInStore
  readonly audit: Store
  readonly keys: Keys
  readonly sessions: Sessions
  readonly passwords: Passwords
  readonly passkeys: Passkeys
  readonly settings: () => Promise<SecuritySettings>
  readonly clock: Clock
}

type Begun = Awaited<ReturnType<Sessions['begin']>>

/**
 * Whom a try under an unknown name is recorded for: writing is work, and must be the same as for a known one. The name
 * itself is not kept; it may be a password.
 */
const NOBODY = { id: '00000000-0000-4000-8000-000000000000', displayName: 'Unknown name' }

const LOCK_MS = 15 * 60_000
const INVITATION_MS = 24 * 60 * 60_000

/** Signing in: by password, by passkey, by a one-time link. Says no in one way, whoever asks for whatever reason. */
export const createSignIn = (ports: SignInPorts) => {
  const { store, keys, sessions, passwords, passkeys, clock } = ports

  const record = (
    user: Pick<User, 'id' | 'displayName'>,
    action: string,
    result: AuditFact['result'],
    details: AuditFact['details'],
    actor: Actor = { kind: 'operator', id: user.id, label: user.displayName },
  ) => {
    const object = { type: 'operator', id: user.id, label: user.displayName }
    return ports.audit.transaction(tx =>
      tx.audit({
        at: clock(),
        actor,
        action,
        object,
        userId: user === NOBODY ? null : user.id,
        deviceId: null,
        result,
        reason: null,
        details,
      }),
    )
  }

  const inTurn = <T>(work: Promise<T>): Promise<T> =>
    work.catch(error => {
      throw error instanceof PasswordsBusyError ? new EdgeError('TOO_MANY_REQUESTS', { seconds: 10 }) : error
    })

  const operator = (user: User | null): User | null =>
    user !== null && user.status === 'ACTIVE' && user.role !== null ? user : null

  const begin = async (user: User, method: string): Promise<Begun> => {
    const begun = await sessions.begin(user)
    await record(user, 'operator.signed-in', 'SUCCESS', { method })
    return begun
  }

  /**
   * Tries are counted for whatever name is typed, known or not, and the same work is done for both: neither the answer
   * nor its time tells whether a name exists. Names are counted by their MAC; people type passwords into the wrong field.
   */
  const withPassword = async (loginName: string, password: string): Promise<Begun> => {
    const name = loginName.normalize('NFKC').toLowerCase()
    const key = Buffer.from(await keys.mac('sign-in-attempts', Buffer.from(name))).toString('base64url')
    const now = clock()
    const { passwordAttempts } = await ports.settings()
    const { lockedUntil } = await store.attempts.count(key, { now, limit: passwordAttempts, lockMs: LOCK_MS })
    if (lockedUntil !== null && lockedUntil > now) {
      throw new EdgeError('SIGN_IN_LOCKED', { minutes: Math.ceil((lockedUntil - now) / 60_000) })
    }
    const user = operator(await store.users.byLoginName(loginName))
    const hash = await store.passwords.hashOf(user?.id ?? NOBODY.id)
    const right = await inTurn(hash === null ? passwords.verifyNobody(password) : passwords.verify(password, hash))
    if (!right || user === null) {
      await record(user ?? NOBODY, 'operator.sign-in-failed', 'FAILURE', { method: 'password' })
      throw new EdgeError('SIGN_IN_FAILED')
    }
    await store.attempts.clear(key)
    return begin(user, 'password')
  }

  const withPasskey = async (ceremony: string, response: unknown): Promise<Begun> => {
    const user = operator(await store.users.get(await passkeys.signIn(ceremony, response)))
    if (user === null) throw new EdgeError('PASSKEY_REFUSED')
    return begin(user, 'passkey')
  }

  const invited = async (invitation: StoredInvitation | null): Promise<User> => {
    const user = invitation === null ? null : operator(await store.users.get(invitation.userId))
    if (user === null) throw new EdgeError('INVITATION_SPENT')
    return user
  }
  const invitation = async (token: string) => {
    const found = await store.invitations.find(tokenHash(token), clock())
    return { user: await invited(found), expiresAt: found?.expiresAt ?? 0 }
  }
  /** The link is spent before the new secret is stored: of two at once, one gets in. */
  const spend = async (token: string): Promise<User> => {
    const user = await invited(await store.invitations.use(tokenHash(token), clock()))
    await store.sessions.removeOfUser(user.id)
    return user
  }

  const acceptWithPassword = async (token: string, password: string): Promise<Begun> => {
    await invitation(token)
    const hash = await inTurn(passwords.hash(password))
    const user = await spend(token)
    await store.passwords.set(user.id, hash, clock())
    await record(user, 'operator.password-set', 'SUCCESS', {})
    return begin(user, 'one-time link')
  }

  const acceptWithPasskey = async (token: string, ceremony: string, response: unknown): Promise<Begun> => {
    const { user } = await invitation(token)
    const passkey = await passkeys.verifyRegistration(ceremony, user.id, response)
    await spend(token)
    await store.passkeys.add({ ...passkey, name: 'Passkey', createdAt: clock() })
    await record(user, 'operator.passkey-added', 'SUCCESS', {})
    return begin(user, 'one-time link')
  }

  /** The token of a new one-time link; earlier links of the same user end. */
  const invite = async (user: User, by: Actor): Promise<{ token: string; expiresAt: number }> => {
    const token = newToken()
    const now = clock()
    const expiresAt = now + INVITATION_MS
    await store.invitations.create({
      id: randomUUID(),
      tokenHash: tokenHash(token),
      userId: user.id,
      createdBy: by.id,
      createdAt: now,
      expiresAt,
      role: user.role,
    })
    const role = user.role === null ? null : await store.roles.access(user.role)
    await record(user, 'operator.invited', 'SUCCESS', { role: role && wordOfRole(role) }, by)
    return { token, expiresAt }
  }

  return { withPassword, withPasskey, invitation, acceptWithPassword, acceptWithPasskey, invite }
}

export type SignIn = ReturnType<typeof createSignIn>
