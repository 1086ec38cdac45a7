import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Node's documentation, "Single executable applications": marks where Node looks whether something was put in. */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'

type Inject = (
  file: string,
  resource: string,
  content: Buffer,
  options: { sentinelFuse: string; machoSegmentName?: string },
) => Promise<void>

/** Puts the bundled program into a copy of the Node that runs this, so that a workstation needs no Node. */
export const buildExecutable = async (code: string, target: string, work: string): Promise<void> => {
  const at = (name: string) => join(work, name)
  writeFileSync(at('client.cjs'), code)
  // Relative names, because they go into the program: the same sources are to give the same bytes.
  const settings = {
    main: 'client.cjs',
    output: 'client.blob',
    disableExperimentalSEAWarning: true,
    useSnapshot: false,
    useCodeCache: false,
    // What the browser was started with must not change the program.
    execArgvExtension: 'none',
  }
  writeFileSync(at('sea-config.json'), JSON.stringify(settings))
  execFileSync(process.execPath, ['--experimental-sea-config', 'sea-config.json'], {
    cwd: work,
    stdio: ['ignore', 'ignore', 'inherit'],
  })

  copyFileSync(realpathSync(process.execPath), target)
  chmodSync(target, 0o755)
  const isMac = process.platform === 'darwin'
  // A signature that does not fit any more keeps macOS from starting the program; so does none.
  if (isMac) execFileSync('codesign', ['--remove-signature', target])
  else if (process.platform === 'linux') strip(target)
  const { inject } = (await import('postject' as string)) as { inject: Inject }
  await inject(target, 'NODE_SEA_BLOB', readFileSync(at('client.blob')), {
    sentinelFuse: FUSE,
    ...(isMac ? { machoSegmentName: 'NODE_SEA' } : {}),
  })
  if (isMac) execFileSync('codesign', ['--sign', '-', target])
}

/** Symbols for debuggers are a seventh of the file. Where there is no `strip` (binutils), it is only larger. */
const strip = (file: string): void => {
  try {
    execFileSync('strip', [file], { stdio: 'ignore' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
}
