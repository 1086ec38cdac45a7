import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openApi } from './api.ts'
import { adminLink, verifyAudit } from './commands/administration.ts'
import { cancel, issue, recycle, retry } from './commands/issue.ts'
import { inspect, listReaders } from './commands/readers.ts'
import { type Decision, decideRequest, listRequests } from './commands/requests.ts'
import { virtualCard } from './commands/virtual-card.ts'
import { CommandFailure } from './failure.ts'
import { createTerminal } from './terminal.ts'

const usage = `npm run cardwright -- COMMAND [options]

  readers                                   readers of the server's machine and the cards in them
  inspect --reader NAME                     the card in a reader
  issue --user USER --policy POLICY --reader NAME [--produce] [--pin-file FILE] [--new-pin-file FILE]
  retry --issuance ID [--reader NAME]       go on with a failed issuance
  cancel --issuance ID                      give a failed issuance up
  recycle --reader NAME                     put the card in a reader back to blank
  requests [list] [--queue to-approve|to-issue|ended|all]
  requests approve|deny|cancel --request ID [--note TEXT]    a denial needs a note
  virtual-card --model MODEL [--state FILE] [--serial N] [--port N] [--administration-key-file FILE]
                                            a virtual card in Debian's vpcd until Ctrl-C
  audit verify                              check the chain of audit records
  admin-link [--user USER]                  a new one-time sign-in link for an administrator

  --data DIR   data directory of the server (default ./data); the server must be running
  --json       one JSON object on standard output

PINs are asked for at the terminal or read from a file, never taken from the command line.
`

const parse = (args: string[]) => {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        data: { type: 'string', default: 'data' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        reader: { type: 'string' },
        user: { type: 'string' },
        policy: { type: 'string' },
        produce: { type: 'boolean', default: false },
        issuance: { type: 'string' },
        queue: { type: 'string' },
        request: { type: 'string' },
        note: { type: 'string' },
        'pin-file': { type: 'string' },
        'new-pin-file': { type: 'string' },
        model: { type: 'string' },
        state: { type: 'string' },
        serial: { type: 'string' },
        port: { type: 'string' },
        'administration-key-file': { type: 'string' },
      },
    })
  } catch (error) {
    throw new CommandFailure(`${(error as Error).message}\n\n${usage}`, 2)
  }
}

type Values = ReturnType<typeof parse>['values']

const needed = (values: Values, name: 'reader' | 'user' | 'policy' | 'issuance' | 'request' | 'model'): string => {
  const value = values[name]
  if (value === undefined) throw new CommandFailure(`--${name} is missing.\n\n${usage}`, 2)
  return value
}

const run = async (values: Values, command: string): Promise<void> => {
  const terminal = createTerminal(values.json)
  const api = () => openApi(resolve(values.data))
  const newPinFile = values['new-pin-file']
  switch (command) {
    case 'readers':
      return listReaders(await api(), terminal)
    case 'inspect':
      return inspect(await api(), terminal, { reader: needed(values, 'reader') })
    case 'issue': {
      const who = { user: needed(values, 'user'), policy: needed(values, 'policy'), reader: needed(values, 'reader') }
      const pins = { pinFile: values['pin-file'], newPinFile }
      return issue(await api(), terminal, { ...who, ...pins, produce: values.produce })
    }
    case 'retry': {
      const issuance = needed(values, 'issuance')
      return retry(await api(), terminal, { issuance, reader: values.reader, newPinFile })
    }
    case 'cancel':
      return cancel(await api(), terminal, { issuance: needed(values, 'issuance') })
    case 'recycle':
      return recycle(await api(), terminal, { reader: needed(values, 'reader') })
    case 'requests':
    case 'requests list':
      return listRequests(await api(), terminal, { queue: values.queue })
    case 'requests approve':
    case 'requests deny':
    case 'requests cancel': {
      const decision = command.split(' ')[1] as Decision
      return decideRequest(await api(), terminal, decision, { request: needed(values, 'request'), note: values.note })
    }
    case 'virtual-card':
      return virtualCard(terminal, {
        model: values.model ?? '',
        state: values.state,
        serial: values.serial,
        port: values.port,
        administrationKeyFile: values['administration-key-file'],
      })
    case 'audit verify':
      return verifyAudit(await api(), terminal)
    case 'admin-link':
      return adminLink(await api(), terminal, { user: values.user ?? 'admin' })
    default:
      throw new CommandFailure(command ? `There is no command "${command}".\n\n${usage}` : usage, 2)
  }
}

let json = process.argv.includes('--json')
try {
  const { values, positionals } = parse(process.argv.slice(2))
  json = values.json
  if (values.help) process.stdout.write(usage)
  else await run(values, positionals.join(' '))
} catch (error) {
  if (!(error instanceof CommandFailure)) throw error
  if (json) process.stdout.write(`${JSON.stringify(error.details)}\n`)
  else process.stderr.write(`${error.message}\n`)
  process.exitCode = error.exitCode
}
