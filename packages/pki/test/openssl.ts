import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface OpensslResult {
  readonly status: number | null
  /** Standard output and standard error, in this order. */
  readonly text: string
  readonly stdout: Buffer
}

/** Runs the `openssl` program. A machine without it fails the test: the judge must not be absent without anybody noticing. */
export function openssl(args: readonly string[], input?: Uint8Array): OpensslResult {
  const result = spawnSync('openssl', [...args], { input: input ?? '', maxBuffer: 64 * 1024 * 1024 })
  if (result.error)
    throw new Error('The openssl program is needed by this test: apt-get install openssl', { cause: result.error })
  return { status: result.status, text: `${result.stdout}${result.stderr}`, stdout: result.stdout }
}

export interface Scratch {
  /** Writes a file and answers its path. */
  file(name: string, content: Uint8Array | string): string
  path(name: string): string
  read(name: string): Uint8Array
  remove(): void
}

export function scratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'cardwright-pki-'))
  const path = (name: string) => join(folder, name)
  return {
    path,
    read: name => new Uint8Array(readFileSync(path(name))),
    file(name, content) {
      writeFileSync(path(name), content)
      return path(name)
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
