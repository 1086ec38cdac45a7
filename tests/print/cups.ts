import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIppPrinter } from '@cardwright/printer-ipp'
import { freePorts } from '../../packages/adapters/src/testing/directory/free-ports.ts'
import { printerDescription, type Queue } from './ppd.ts'
import { type RunningProgram, startProgram } from './process.ts'
import { createTray, type Tray } from './tray.ts'

export type RunningCups = {
  readonly port: number
  uri(queue: string): string
  /** What comes out of the printer behind the queue. */
  tray(queue: string): Tray
  /** The documents that its spool still holds. */
  documents(): readonly string[]
  /** Pause-Printer, Resume-Printer, CUPS-Reject-Jobs, CUPS-Accept-Jobs: by ipptool, as an administrator would. */
  administer(queue: string, operation: string): void
  /** kill −9 of the scheduler, and its printers are off. */
  vanish(): Promise<void>
  comeBack(): Promise<void>
  close(): Promise<void>
}

/** Where CUPS' programs and the types and conversions of documents are, of Debian's packages. */
const SERVER_BIN = '/usr/lib/cups'
const ROOT = process.getuid?.() === 0

const filesConfiguration = (folder: string): string =>
  [
    `ServerRoot ${folder}/etc`,
    `ServerBin ${folder}/bin`,
    'DataDir /usr/share/cups',
    `DocumentRoot ${folder}/etc`,
    `CacheDir ${folder}/cache`,
    `StateDir ${folder}/state`,
    `RequestRoot ${folder}/spool`,
    `TempDir ${folder}/tmp`,
    'AccessLog /dev/null',
    'ErrorLog stderr',
    'PageLog /dev/null',
    // Not root, for what it starts; who is not root cannot be another anyway.
    ...(ROOT ? ['User lp', 'Group lp', 'SystemGroup root'] : []),
  ].join('\n')

/** As cupsd.conf(5) has it, or Debian's own file: whose job it is may take it back, and what was printed is there for a day. */
export type CupsHabits = 'KEEPS_NOTHING' | 'AS_INSTALLED'

/** Only here, only for this machine; nobody has to say who they are, and nothing is announced. */
const configuration = (port: number, habits: CupsHabits): string => `Listen 127.0.0.1:${port}
Browsing No
WebInterface No
DefaultAuthType None
LogLevel info
MaxLogSize 0
DirtyCleanInterval 0
PreserveJobHistory Yes
PreserveJobFiles ${habits === 'KEEPS_NOTHING' ? 'No' : '1d'}
JobRetryInterval 1
<Location />
  Order allow,deny
  Allow localhost
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  ${habits === 'KEEPS_NOTHING' ? '' : '<Limit Cancel-Job>\n    Require user @OWNER @SYSTEM\n    Order deny,allow\n  </Limit>'}
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
`

/** printers.conf(5). */
const queueConfiguration = ({
  name,
  device = `tray:${name}`,
  errorPolicy = 'abort-job',
}: Queue): string => `<Printer ${name}>
Info ${name}
DeviceURI ${device}
State Idle
Accepting Yes
Shared Yes
OpPolicy default
ErrorPolicy ${errorPolicy}
</Printer>
`

const request = (operation: string): string => `{
  OPERATION ${operation}
  GROUP operation-attributes-tag
  ATTR charset attributes-charset utf-8
  ATTR language attributes-natural-language en
  ATTR uri printer-uri $uri
  STATUS successful-ok
}
`

/** A CUPS of its own, with queues whose printers are trays: its backends put into a folder what would be printed. */
export const startCups = async (
  queues: readonly Queue[],
  keywords: readonly string[],
  habits: CupsHabits = 'KEEPS_NOTHING',
): Promise<RunningCups> => {
  const folder = mkdtempSync(join(tmpdir(), 'cardwright-cups-'))
  const trays = new Map(queues.map(queue => [queue.name, createTray(keywords)]))
  // What CUPS starts as `lp` has to get through; it sees to the folders below itself.
  chmodSync(folder, 0o711)
  for (const name of ['etc', 'etc/ppd', 'bin', 'bin/backend', 'cache', 'state', 'spool', 'tmp'])
    mkdirSync(join(folder, name), { mode: 0o755 })
  chmodSync(join(folder, 'tmp'), 0o1777)
  for (const name of ['daemon', 'filter', 'notifier']) symlinkSync(join(SERVER_BIN, name), join(folder, 'bin', name))
  const [port = 0] = await freePorts(1)
  const [files, server, ask] = ['cups-files.conf', 'cupsd.conf', 'ask.test'].map(name => join(folder, 'etc', name)) as [
    string,
    string,
    string,
  ]
  writeFileSync(files, filesConfiguration(folder))
  writeFileSync(server, configuration(port, habits))
  writeFileSync(join(folder, 'etc/printers.conf'), queues.map(queueConfiguration).join(''))
  for (const queue of queues) writeFileSync(join(folder, 'etc/ppd', `${queue.name}.ppd`), printerDescription(queue))

  const tray = (queue: string): Tray => {
    const found = trays.get(queue)
    if (!found) throw new Error(`no queue ${queue}`)
    return found
  }
  // IPP, for a queue in front of a printer of the network, is CUPS' own.
  symlinkSync(join(SERVER_BIN, 'backend/ipp'), join(folder, 'bin/backend/ipp'))
  // backend(7): job, user, title, copies, options; the document on the standard input. Without arguments it is asked what
  // devices there are. Mode 0700: CUPS starts it as root, for the trays are root's.
  const backend = join(folder, 'bin/backend/tray')
  const branches = queues.map(({ name }) => `tray:${name}) exec ${join(tray(name).folder, 'print')} "$@" ;;`)
  writeFileSync(
    backend,
    `#!/bin/sh\n[ $# -eq 0 ] && exit 0\ncase "$DEVICE_URI" in\n${branches.join('\n')}\nesac\nexit 4\n`,
  )
  for (const { name } of queues)
    writeFileSync(join(tray(name).folder, 'print'), tray(name).script('"$3"', '/dev/stdin'))
  for (const file of [backend, ...queues.map(({ name }) => join(tray(name).folder, 'print'))]) chmodSync(file, 0o700)

  const uri = (queue: string): string => `ipp://localhost:${port}/printers/${queue}`
  const probe = createIppPrinter({ uri: uri(queues[0]?.name ?? ''), limits: { answerMs: 1000 } })
  let program: RunningProgram
  const start = async () => {
    for (const one of trays.values()) one.setPower(true)
    program = await startProgram('cupsd', ['-f', '-c', server, '-s', files], {
      ready: async () => (await probe.status()).faults.every(fault => fault.code !== 'OFFLINE'),
    })
  }
  const vanish = async () => {
    await program.end('SIGKILL')
    for (const one of trays.values()) one.setPower(false)
  }
  await start()
  return {
    port,
    uri,
    tray,
    documents: () => readdirSync(join(folder, 'spool')).filter(name => name.startsWith('d')),
    administer(queue, operation) {
      writeFileSync(ask, request(operation))
      execFileSync('ipptool', ['-q', uri(queue), ask])
    },
    vanish,
    comeBack: start,
    async close() {
      await program.end()
      for (const one of trays.values()) one.remove()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
