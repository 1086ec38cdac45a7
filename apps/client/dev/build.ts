// Makes dist/client: one self-contained folder for this platform, its archive, and index.json, by which the server offers it.
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { ADDON_FILE, bundleClient } from './bundle.ts'
import { buildExecutable } from './executable.ts'
import { writeNotice } from './notice.ts'
import { writeTarGz } from './tar.ts'

const CLIENT = join(import.meta.dirname, '..')
const ROOT = join(CLIENT, '..', '..')
const DIST = join(ROOT, 'dist')
const { version } = JSON.parse(readFileSync(join(CLIENT, 'package.json'), 'utf8')) as { version: string }
const { platform, arch } = process

/** Where pcsc-mini's package for this platform keeps its native code. */
const addon = (): string => {
  const fromPcscMini = createRequire(createRequire(import.meta.url).resolve('pcsc-mini'))
  const names = Object.keys(fromPcscMini('../package.json').optionalDependencies)
  const folder = names.flatMap(name => {
    try {
      return [fromPcscMini.resolve(name)]
    } catch {
      return []
    }
  })[0]
  if (!folder)
    throw new Error(`pcsc-mini has no native code for ${platform} ${arch}; install the packages on this machine`)
  return folder
}

const fill = async (folder: string, work: string): Promise<void> => {
  const executable = join(folder, platform === 'win32' ? 'cardwright-client.exe' : 'cardwright-client')
  await buildExecutable(await bundleClient(ROOT), executable, work)
  cpSync(addon(), join(folder, ADDON_FILE))
  cpSync(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'))
  writeFileSync(join(folder, 'NOTICE.txt'), writeNotice(ROOT))
  cpSync(join(CLIENT, 'package'), folder, { recursive: true })
}

const archive = (folder: string, name: string): Uint8Array =>
  writeTarGz(
    readdirSync(folder)
      .sort()
      .map(file => ({
        name: `${name}/${file}`,
        mode: /^cardwright-client|\.sh$/.test(file) ? 0o755 : 0o644,
        content: readFileSync(join(folder, file)),
      })),
  )

mkdirSync(DIST, { recursive: true })
// Made beside and moved at the end: a server that runs never offers half a build.
const made = mkdtempSync(join(DIST, '.client-'))
const work = mkdtempSync(join(DIST, '.work-'))
try {
  const name = `cardwright-client-${version}-${platform}-${arch}`
  mkdirSync(join(made, name))
  await fill(join(made, name), work)
  const content = archive(join(made, name), name)
  const file = `${name}.tar.gz`
  writeFileSync(join(made, file), content)
  const sha256 = createHash('sha256').update(content).digest('hex')
  const { size: bytes } = statSync(join(made, file))
  const index = { version, files: [{ name: file, folder: name, platform, arch, bytes, sha256 }] }
  writeFileSync(join(made, 'index.json'), `${JSON.stringify(index, undefined, 2)}\n`)
  // mkdtemp makes folders that only their owner may read.
  chmodSync(made, 0o755)
  const target = join(DIST, 'client')
  rmSync(target, { recursive: true, force: true })
  renameSync(made, target)
} finally {
  rmSync(made, { recursive: true, force: true })
  rmSync(work, { recursive: true, force: true })
}
