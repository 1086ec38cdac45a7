import { randomUUID } from 'node:crypto'
import type { GroupScope } from '@cardwright/adapters/db'
import { type Permission, permissions } from '@cardwright/contract'
import type { Caller } from '../http/caller.ts'

/** An operator who is signed in, with these permissions over these groups. */
export const callerWith = (held: readonly Permission[] = permissions, scope: GroupScope = 'ALL'): Caller => ({
  sessionId: 'session',
  tokenHash: new Uint8Array(),
  operator: {
    id: randomUUID(),
    displayName: 'Olga Operator',
    loginName: 'olga',
    role: { id: randomUUID(), name: 'R' },
  },
  permissions: new Set(held),
  scope,
  expiresAt: 0,
  csrfToken: 'token',
})
