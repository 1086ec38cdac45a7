import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, posix, win32 } from 'node:path'
import { NATIVE_HOST } from '@cardwright/contract'
import { CONFIGURATION_FILE, type Configuration, readConfiguration } from '../configuration/configuration.ts'
import { MANIFEST_FILE, type Machine, manifestFolders, programFolder, registryKeys } from './places.ts'
import { createRecorder, type InstallationRecord, RECORD_FILE, readRecord, removeRecorded } from './record.ts'
import { InstallError, type InstallOptions } from './site.ts'

export type Installer = {
  readonly machine: Machine
  /** Before each path; empty outside of tests. */
  readonly root: string
  /** Changes Windows' registry: arguments of reg.exe. */
  readonly registry: (args: readonly string[]) => void
}

export type Installed = {
  readonly folder: string
  readonly configuration: Configuration
  readonly manifests: readonly string[]
}

/** What the archive holds and a workstation needs. */
const PROGRAM_FILES = ['cardwright-client', 'cardwright-client.exe', 'pcsc.node', 'LICENSE', 'NOTICE.txt', 'README.txt']
const isProgram = (name: string) => name.startsWith('cardwright-client')

/**
 * Copies the program from `source`, tells the browsers of it, and writes whom it serves. Doing it again is an upgrade, or
 * mends what was deleted. Throws InstallError, and what the file system says.
 */
export const install = (installer: Installer, source: string, version: string, options: InstallOptions): Installed => {
  const { machine, root, registry } = installer
  const { scope } = options
  const joinPath = joinOn(machine)
  const folder = programFolder(machine, scope)
  const files = PROGRAM_FILES.filter(name => existsSync(join(source, name)))
  const program = files.find(isProgram)
  if (!program || !files.includes('pcsc.node')) {
    throw new InstallError(`The program is not in ${source}. Unpack the whole archive and start install.sh there.`)
  }
  const configuration = options.configuration ?? earlier(join(root, folder))
  const recorder = createRecorder(root, readRecord(join(root, joinPath(folder, RECORD_FILE))))

  for (const name of files) {
    const from = join(source, name)
    if (isSame(from, join(root, folder, name))) continue
    recorder.write(joinPath(folder, name), readFileSync(from), isProgram(name) ? 0o755 : 0o644)
  }
  recorder.write(joinPath(folder, CONFIGURATION_FILE), json(configuration))
  const manifest = json({
    name: NATIVE_HOST,
    description: 'Cardwright client: smart cards of this workstation',
    path: joinPath(folder, program),
    type: 'stdio',
    allowed_origins: configuration.allowedExtensions.map(id => `chrome-extension://${id}/`),
  })
  const keys = registryKeys(machine, scope)
  const own = options.userDataFolders.map(data => joinPath(data, 'NativeMessagingHosts'))
  // On Windows the browsers find one file by their keys; elsewhere each looks into a folder of its own.
  const folders = [...(keys.length > 0 ? [folder] : []), ...manifestFolders(machine, scope), ...own]
  const manifests = folders.map(place => joinPath(place, MANIFEST_FILE))
  for (const file of manifests) recorder.write(file, manifest)
  for (const key of keys) registry(['add', key, '/ve', '/t', 'REG_SZ', '/d', joinPath(folder, MANIFEST_FILE), '/f'])
  recorder.finish(joinPath(folder, RECORD_FILE), version, keys)
  return { folder, configuration, manifests }
}

/** Removes what `install` made, and nothing else. Answers the files; undefined if nothing is installed. */
export const uninstall = ({ machine, root, registry }: Installer, scope: 'user' | 'system'): string[] | undefined => {
  const record: InstallationRecord | undefined = readRecord(
    join(root, joinOn(machine)(programFolder(machine, scope), RECORD_FILE)),
  )
  if (!record) return undefined
  for (const key of record.registryKeys) registry(['delete', key, '/f'])
  return removeRecorded(root, record)
}

/** As the machine writes paths, which in tests is not the one that runs them. */
const joinOn = ({ platform }: Machine) => (platform === 'win32' ? win32.join : posix.join)

const earlier = (folder: string): Configuration => {
  const result = readConfiguration(folder)
  if (result.ok) return result.configuration
  throw new InstallError('Whom is the client for? Give --extension-id and --origin, or use the archive of your portal.')
}

/** Installed from where it is installed already: nothing to copy. */
const isSame = (from: string, to: string): boolean => {
  const [one, other] = [from, to].map(file => statSync(file, { throwIfNoEntry: false }))
  return one !== undefined && other !== undefined && one.ino === other.ino && one.dev === other.dev
}

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`
