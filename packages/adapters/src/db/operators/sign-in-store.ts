import { accessOfRole } from '../queries/roles.ts'
import type { Db } from '../schema/index.ts'
import { attemptStore } from './attempts.ts'
import { invitationStore } from './invitations.ts'
import { ceremonyStore, passkeyStore } from './passkeys.ts'
import { passwordStore } from './passwords.ts'
import { sessionStore } from './sessions.ts'
import { userLookup } from './users.ts'

/** What signing in must remember. Tokens come as SHA-256 hashes, passwords as finished hash strings. */
export const createSignInStore = (db: Db) => ({
  users: userLookup(db),
  roles: { access: (id: string) => accessOfRole(db, id) },
  sessions: sessionStore(db),
  passwords: passwordStore(db),
  passkeys: passkeyStore(db),
  ceremonies: ceremonyStore(db),
  invitations: invitationStore(db),
  attempts: attemptStore(db),
})
