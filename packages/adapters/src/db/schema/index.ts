import type { Kysely, Transaction } from 'kysely'
import type { AuditTables } from './audit.ts'
import type { AuthorityTables } from './authority.ts'
import type { DeviceTables } from './devices.ts'
import type { OperatorTables } from './operators.ts'
import type { PeopleTables } from './people.ts'

export type Tables = PeopleTables & DeviceTables & AuditTables & OperatorTables & AuthorityTables
/** A handle for queries outside a transaction. */
export type Db = Kysely<Tables>
export type DbTransaction = Transaction<Tables>
