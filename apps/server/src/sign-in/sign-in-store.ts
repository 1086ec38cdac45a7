import type { Role } from '@cardwright/contract'
import type { User } from '@cardwright/core'

/** Tokens come here as SHA-256 hashes only. Times are milliseconds since 1970. */
export type StoredSession = {
  readonly id: string
  readonly userId: string
  readonly createdAt: number
  readonly lastSeenAt: number
  readonly expiresAt: number
}

export type StoredPasskey = {
  readonly credentialId: string
  readonly userId: string
  /** COSE_Key. */
  readonly publicKey: Uint8Array
  readonly signCount: number
  readonly transports: readonly string[]
}

export type StoredCeremony = {
  readonly id: string
  readonly kind: 'sign-in' | 'register'
  readonly challenge: string
  readonly userId: string | null
  readonly expiresAt: number
}

export type StoredInvitation = { readonly id: string; readonly userId: string; readonly expiresAt: number }

/** What signing in must remember; adapters/db. */
export type SignInStore = {
  readonly users: {
    get(id: string): Promise<User | null>
    byLoginName(loginName: string): Promise<User | null>
  }
  readonly roles: {
    access(id: string): Promise<Pick<Role, 'id' | 'name' | 'permissions' | 'scope'> | null>
  }
  readonly sessions: {
    create(session: StoredSession & { readonly tokenHash: Uint8Array }): Promise<void>
    find(tokenHash: Uint8Array): Promise<StoredSession | null>
    touch(id: string, at: number): Promise<void>
    remove(id: string): Promise<void>
    removeOfUser(userId: string): Promise<void>
    removeExpired(now: number): Promise<void>
  }
  readonly passwords: {
    hashOf(userId: string): Promise<string | null>
    set(userId: string, hash: string, at: number): Promise<void>
  }
  readonly passkeys: {
    get(credentialId: string): Promise<StoredPasskey | null>
    ofUser(userId: string): Promise<readonly StoredPasskey[]>
    add(passkey: StoredPasskey & { readonly name: string; readonly createdAt: number }): Promise<void>
    used(credentialId: string, signCount: number, at: number): Promise<void>
  }
  readonly ceremonies: {
    start(ceremony: StoredCeremony): Promise<void>
    /** Answers it once; later calls and expired ones get null. */
    take(id: string, now: number): Promise<StoredCeremony | null>
  }
  readonly invitations: {
    /** Takes the place of the user's earlier ones. Throws STORE_CONFLICT if the user's role is not `role` any more. */
    create(
      invitation: StoredInvitation & {
        tokenHash: Uint8Array
        createdBy: string
        createdAt: number
        role: string | null
      },
    ): Promise<void>
    find(tokenHash: Uint8Array, now: number): Promise<StoredInvitation | null>
    /** Null if it was used before or has expired; of two at once only one gets it. */
    use(tokenHash: Uint8Array, now: number): Promise<StoredInvitation | null>
  }
  readonly attempts: {
    /** Counts a try before its password is looked at, so that tries side by side cannot slip past the limit. */
    count(
      key: string,
      rule: { readonly now: number; readonly limit: number; readonly lockMs: number },
    ): Promise<{ readonly lockedUntil: number | null }>
    clear(key: string): Promise<void>
  }
}
