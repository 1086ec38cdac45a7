import type { Kysely, Transaction } from 'kysely'
import type { AuditTables } from './audit.ts'
import type { AuthorityTables } from './authority.ts'
import type { DeviceTables } from './devices.ts'
import type { DirectoryTables } from './directory.ts'
import type { LayoutTables } from './layouts.ts'
import type { MailTables } from './mail.ts'
import type { OperatorTables } from './operators.ts'
import type { OptionTables } from './options.ts'
import type { PeopleTables } from './people.ts'
import type { PrintingTables } from './printing.ts'
import type { RequestTables } from './requests.ts'
import type { UserPortalTables } from './user-portal.ts'

export type Tables = UserPortalTables &
  PeopleTables &
  DeviceTables &
  LayoutTables &
  DirectoryTables &
  AuditTables &
  OperatorTables &
  AuthorityTables &
  RequestTables &
  OptionTables &
  PrintingTables &
  MailTables
/** A handle for queries outside a transaction. */
export type Db = Kysely<Tables>
export type DbTransaction = Transaction<Tables>
