export type PostgresErrorCode =
  | 'binaries_missing'
  | 'data_dir_in_use'
  | 'data_dir_unreadable'
  | 'disk_full'
  | 'no_account'
  | 'start_failed'
  | 'start_timeout'
  | 'wrong_version'

/** Why the embedded database cannot run. The message says what happened and what to do; `code` is stable. */
export class PostgresError extends Error {
  readonly code: PostgresErrorCode
  constructor(code: PostgresErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'PostgresError'
    this.code = code
  }
}

/** Turns what the operating system refused (EACCES, ENOSPC, …) while `step` was done into a typed error. */
export function fromSystemError(error: unknown, step: string): PostgresError {
  if (error instanceof PostgresError) return error
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(step, error)
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST') {
    return new PostgresError(
      'data_dir_unreadable',
      `${step}: ${message}. Give this account read and write access to the data directory, or choose another with --data DIR.`,
      { cause: error },
    )
  }
  return new PostgresError('start_failed', `${step}: ${message}`, { cause: error })
}

/** Turns what initdb or postgres printed before it gave up into a typed error. Their output holds no row values (terse). */
export function fromPostgresOutput(output: string, step: string): PostgresError {
  if (/No space left on device|Disk quota exceeded/.test(output)) return diskFull(step)
  const lines = output.split('\n').filter(line => /(FATAL|PANIC|error|ERROR):/.test(line))
  const said = (lines.at(-1) ?? output.trim().split('\n').at(-1) ?? '').trim()
  if (/incompatible with server|initialized by PostgreSQL version/.test(output)) {
    return new PostgresError('wrong_version', `${step}: ${said} Use the Cardwright release that made this directory.`)
  }
  if (/Permission denied|wrong ownership|invalid permissions/.test(said)) {
    return new PostgresError(
      'data_dir_unreadable',
      `${step}: ${said} Give the account that runs PostgreSQL this directory, or choose another with --data DIR.`,
    )
  }
  return new PostgresError(
    'start_failed',
    `${step}: ${said || 'PostgreSQL gave no reason'}. See postgres.log in the data directory.`,
  )
}

function diskFull(step: string, cause?: unknown): PostgresError {
  return new PostgresError(
    'disk_full',
    `${step}: the disk is full. Nothing was lost; free some space on the disk of the data directory and start again.`,
    { cause },
  )
}
