import { execFileSync } from 'node:child_process'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { isSea } from 'node:sea'
import { createPcscReaders, type PcscReaders } from '@cardwright/card-pcsc'
import { createAsk } from './commands/ask.ts'
import { check } from './commands/check.ts'
import { unblockAtTerminal } from './commands/unblock.ts'
import { readConfiguration } from './configuration/configuration.ts'
import { type Installer, install, uninstall } from './installation/install.ts'
import type { Machine } from './installation/places.ts'
import { InstallError, parseInstallArguments, readInstallOptions, SITE_FILE } from './installation/site.ts'
import { createLog } from './log.ts'
import { runHost } from './native/host.ts'
import { createLocalPrinters } from './printing/local-printers.ts'
import { VERSION } from './version.ts'

const USAGE = `cardwright-client ${VERSION}: smart cards of this workstation for the portal. The browser starts it; people can say:

  cardwright-client --check      whom it serves, which browsers know it, readers and cards
  cardwright-client unblock      unblock a card together with the help desk, without a connection
  cardwright-client install [--system] [--extension-id ID] [--origin URL]… [--server-name TEXT] [--log FILE] [--user-data-dir FOLDER]…
  cardwright-client uninstall [--system]
  cardwright-client --version
`

/** The folder with client.json: that of the program; from source, the one that the environment names. */
const home = (): string =>
  isSea() ? dirname(process.execPath) : (process.env.CARDWRIGHT_CLIENT_HOME ?? join(import.meta.dirname, '..'))

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const withReaders = async (use: (readers: PcscReaders) => Promise<number>): Promise<number> => {
  const readers = createPcscReaders()
  try {
    return await use(readers)
  } finally {
    await readers.close()
  }
}

const host = (caller: string): Promise<number> =>
  withReaders(async readers => {
    const configuration = readConfiguration(home())
    const log = createLog(configuration.ok ? configuration.configuration.log : undefined)
    const { stdin: input, stdout: output, platform } = process
    // Windows has no CUPS, and takes two seconds to say that nobody listens where it would be.
    const printers = platform === 'win32' ? null : createLocalPrinters({ log })
    await runHost({ input, output, caller, configuration, readers, printers, log, version: VERSION, platform })
    return 0
  })

const machine = (): Machine => {
  const { platform, env: environment } = process
  if (platform !== 'linux' && platform !== 'darwin' && platform !== 'win32') {
    throw new InstallError(`There is no installation for ${platform}.`)
  }
  return { platform, home: homedir(), environment }
}

const installer = (): Installer => ({
  machine: machine(),
  root: '',
  registry: args => void execFileSync('reg.exe', [...args], { stdio: 'ignore' }),
})

const runCheck = (folder: string): Promise<number> =>
  withReaders(async readers => {
    process.stdout.write(await check(VERSION, readConfiguration(folder), machine(), readers))
    return 0
  })

const runInstall = (args: readonly string[]): Promise<number> => {
  const options = readInstallOptions(args, join(home(), SITE_FILE))
  const { folder } = install(installer(), home(), VERSION, options)
  say(`Installed in ${folder}`)
  return runCheck(folder)
}

const runUninstall = (args: readonly string[]): number => {
  const removed = uninstall(installer(), parseInstallArguments(args).system ? 'system' : 'user')
  if (!removed) throw new InstallError('Nothing is installed here. For an installation for all users add --system.')
  say(`Removed:\n${removed.map(file => `  ${file}`).join('\n')}`)
  return 0
}

const unblock = (): Promise<number> => {
  const { stdin, stdout } = process
  if (!stdin.isTTY || !stdout.isTTY) throw new InstallError('unblock asks questions, so it needs a terminal.')
  return withReaders(readers => unblockAtTerminal(readers, createAsk(stdin, stdout), say))
}

const main = async ([command = '', ...rest]: readonly string[]): Promise<number> => {
  // Chrome's documentation, "Native messaging": the first argument is the origin of the extension that calls.
  if (command.startsWith('chrome-extension://')) return host(command)
  switch (command) {
    case '--version':
      say(VERSION)
      return 0
    case '--check':
      return runCheck(home())
    case 'unblock':
      return unblock()
    case 'install':
      return runInstall(rest)
    case 'uninstall':
      return runUninstall(rest)
    default:
      process.stderr.write(USAGE)
      return command === '--help' ? 0 : 2
  }
}

main(process.argv.slice(2)).then(
  code => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`cardwright-client: ${describe(error)}\n`)
    process.exit(1)
  },
)

const describe = (error: unknown): string => {
  if (!(error instanceof Error)) return 'failed'
  const code = 'code' in error ? String(error.code) : ''
  const mayNot = code === 'EACCES' || code === 'EPERM'
  return mayNot ? `${error.message}. For all users, do this as administrator (sudo).` : error.message
}
