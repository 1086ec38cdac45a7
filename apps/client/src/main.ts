import { dirname, join } from 'node:path'
import { isSea } from 'node:sea'
import { createPcscReaders } from '@cardwright/card-pcsc'
import { readConfiguration } from './configuration/configuration.ts'
import { createLog } from './log.ts'
import { runHost } from './native/host.ts'
import { VERSION } from './version.ts'

const USAGE = `cardwright-client ${VERSION}
`

/** The folder with client.json: that of the program; from source, the one that the environment names. */
const home = (): string =>
  isSea() ? dirname(process.execPath) : (process.env.CARDWRIGHT_CLIENT_HOME ?? join(import.meta.dirname, '..'))

const host = async (caller: string): Promise<number> => {
  const configuration = readConfiguration(home())
  const log = createLog(configuration.ok ? configuration.configuration.log : undefined)
  const readers = createPcscReaders()
  const { stdin: input, stdout: output, platform } = process
  await runHost({ input, output, caller, configuration, readers, log, version: VERSION, platform })
  await readers.close()
  return 0
}

const main = async ([command = '']: readonly string[]): Promise<number> => {
  // Chrome's documentation: the first argument is the origin of the extension that calls.
  if (command.startsWith('chrome-extension://')) return host(command)
  if (command === '--version') {
    process.stdout.write(`${VERSION}\n`)
    return 0
  }
  process.stderr.write(USAGE)
  return command === '--help' ? 0 : 2
}

main(process.argv.slice(2)).then(
  code => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`cardwright-client: ${error instanceof Error ? error.message : 'failed'}\n`)
    process.exit(1)
  },
)
