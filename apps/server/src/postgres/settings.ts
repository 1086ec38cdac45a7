import { PORT } from './place.ts'
import { FOLDER } from './programs.ts'

/** What the server runs with, whatever postgresql.conf says. */
const SETTINGS: Record<string, string> = {
  listen_addresses: '',
  port: String(PORT),
  unix_socket_directories: `${FOLDER}/run`,
  unix_socket_permissions: '0700',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  // Row values and statement texts may hold what must not be in a log (names, sealed PINs): no DETAIL lines, no statements.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
}

/** A cluster that lives for one test run does not have to survive a power cut. */
export const VOLATILE: Record<string, string> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
}

/** Command-line arguments of postgres. */
export function postgresArguments(extra: Record<string, string> = {}): string[] {
  const settings = Object.entries({ ...SETTINGS, ...extra })
  return ['-D', `${FOLDER}/cluster`, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}
