import { describe, expect, test } from 'vitest'
import { fromPostgresOutput, fromSystemError } from './errors.ts'

describe('fromPostgresOutput', () => {
  test.each([
    ['initdb: error: could not write file "x": No space left on device', 'disk_full'],
    ['2026 [1] FATAL:  database files are incompatible with server', 'wrong_version'],
    ['2026 [1] FATAL:  data directory "x" has wrong ownership', 'data_dir_unreadable'],
    ['2026 [1] FATAL:  could not open file "x": Permission denied', 'data_dir_unreadable'],
    ['2026 [1] FATAL:  invalid value', 'start_failed'],
    ['', 'start_failed'],
  ])('%s', (output, code) => {
    expect(fromPostgresOutput(output, 'Starting PostgreSQL').code).toBe(code)
  })
})

describe('fromSystemError', () => {
  test.each([
    ['ENOSPC', 'disk_full'],
    ['EROFS', 'data_dir_unreadable'],
    ['EACCES', 'data_dir_unreadable'],
    ['EMFILE', 'start_failed'],
  ])('%s → %s', (system, code) => {
    const cause = Object.assign(new Error(system), { code: system })
    expect(fromSystemError(cause, 'Preparing')).toMatchObject({ code, cause })
  })
})
