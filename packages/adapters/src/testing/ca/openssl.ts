import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type OpensslBench = {
  /** Runs `openssl` with these arguments; answers its exit code and both its outputs as one text. */
  run(args: readonly string[], input?: Uint8Array): { readonly status: number | null; readonly text: string }
  /** Writes a file and answers its path. */
  file(name: string, content: Uint8Array | string): string
  remove(): void
}

/** The foreign judge of what the CA makes. A machine without the program fails the test, it does not skip it. */
export function opensslBench(): OpensslBench {
  const folder = mkdtempSync(join(tmpdir(), 'cardwright-ca-'))
  return {
    run(args, input) {
      const { error, status, stdout, stderr } = spawnSync('openssl', [...args], { input: input ?? '' })
      if (error)
        throw new Error('The openssl program is needed by this test: apt-get install openssl', { cause: error })
      return { status, text: `${stdout}${stderr}` }
    },
    file(name, content) {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
