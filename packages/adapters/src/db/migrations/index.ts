import type { Migration } from 'kysely/migration'
import { people } from './0001-people.ts'
import { policies } from './0002-policies.ts'
import { devices } from './0003-devices.ts'
import { audit } from './0004-audit.ts'
import { operators } from './0005-operators.ts'
import { localAuthority } from './0006-local-authority.ts'
import { idempotencyLease } from './0007-idempotency-lease.ts'
import { directory } from './0008-directory.ts'
import { userPortal } from './0009-user-portal.ts'
import { mail } from './0011-mail.ts'
import { roles } from './0012-roles.ts'
import { requests } from './0013-requests.ts'
import { layouts } from './0014-layouts.ts'
import { printing } from './0015-printing.ts'
import { letters } from './0016-letters.ts'
import { options } from './0017-options.ts'

/** In order of their names. A migration that was released is never edited: expand in a new one, contract in a later one. */
export const migrations: Record<string, Migration> = {
  '0001-people': people,
  '0002-policies': policies,
  '0003-devices': devices,
  '0004-audit': audit,
  '0005-operators': operators,
  '0006-local-authority': localAuthority,
  '0007-idempotency-lease': idempotencyLease,
  '0008-directory': directory,
  '0009-user-portal': userPortal,
  '0011-mail': mail,
  '0012-roles': roles,
  '0013-requests': requests,
  '0014-layouts': layouts,
  '0015-printing': printing,
  '0016-letters': letters,
  '0017-options': options,
}
