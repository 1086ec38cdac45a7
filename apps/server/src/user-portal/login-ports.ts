import type { Database } from '@cardwright/adapters/db'
import type { Clock, DirectoryError, Keys, User, UserPortalSettings } from '@cardwright/core'
import type { CurrentDirectory } from '../directory/current-directory.ts'
import { EdgeError } from '../http/problems.ts'
import { type Passwords, PasswordsBusyError } from '../sign-in/password.ts'
import type { Visits } from './visits.ts'

export type LoginPorts = {
  readonly database: Database
  readonly keys: Pick<Keys, 'mac'>
  readonly users: {
    get(id: string): Promise<User | null>
    byLoginName(loginName: string): Promise<User | null>
  }
  readonly settings: () => Promise<UserPortalSettings>
  readonly visits: Visits
  /** The same as the operators': what all doors together may ask of memory stays bounded. */
  readonly passwords: Passwords
  readonly currentDirectory: CurrentDirectory
  /** For the log; the person is only told that the directory cannot be reached. */
  readonly directoryFailed: (error: DirectoryError) => void
  readonly clock: Clock
}

export const inTurn = <T>(work: Promise<T>): Promise<T> =>
  work.catch(error => {
    throw error instanceof PasswordsBusyError ? new EdgeError('TOO_MANY_REQUESTS', { seconds: 10 }) : error
  })
