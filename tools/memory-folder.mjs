// Where the tests have their temporary files.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { freemem } from 'node:os'
import { join } from 'node:path'

const FOLDER = '/dev/shm'
const ENOUGH_BYTES = 4 * 2 ** 30

/**
 * A folder in memory, or undefined where there is none with room, or none in which a program may be executed. A database is a
 * thousand small files: to make one on a disk takes more time than most of what is done with it then.
 */
export function memoryFolder() {
  try {
    const { bavail, bsize } = statfsSync(FOLDER)
    if (Math.min(bavail * bsize, freemem()) < ENOUGH_BYTES) return undefined
    const folder = mkdtempSync(join(FOLDER, 'cardwright-'))
    try {
      const program = join(folder, 'program')
      writeFileSync(program, '#!/bin/sh\n', { mode: 0o700 })
      return spawnSync(program).status === 0 ? FOLDER : undefined
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  } catch {
    return undefined
  }
}
