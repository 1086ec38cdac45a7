import { WrongPostgresError } from '@cardwright/adapters/db'
import { KeysError } from '@cardwright/adapters/keys'
import { StoreError } from '@cardwright/core'
import { startServer } from './compose.ts'
import { createLog } from './log.ts'
import { OptionsError, parseOptions, usage } from './options.ts'
import { PostgresError } from './postgres/index.ts'
import { AttestationAnchorError } from './readers/attestation-anchors.ts'

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

const run = async (): Promise<void> => {
  const options = parseOptions(process.argv.slice(2), process.env)
  if (options === 'help') return say(usage)
  const log = createLog(options.logLevel)
  const server = await startServer(options, log)

  say('')
  for (const warning of server.warnings) say(`  ! ${warning}`)
  if (server.setupLink) {
    say('  First administrator: open this link once to sign in and set a password or passkey:')
    say(`  ${server.setupLink}`)
    say('')
  }
  say(`  Listening on ${server.url}  (data in ${options.dataDir}; Ctrl-C stops)`)

  let stopping = false
  const stop = (why: string, code: number) => {
    // A second Ctrl-C does not wait for cards that are being written.
    if (stopping) process.exit(1)
    stopping = true
    say(`\n  ${why}: finishing what runs …`)
    server.stop().then(
      () => process.exit(code),
      error => {
        log.fatal(error, 'stopping failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', () => stop('Stopping', 0))
  process.on('SIGTERM', () => stop('Stopping', 0))
  server.failed.then(error => stop(error.message, 1))
}

/** Failures whose message tells a person what to do; anything else is shown with where it came from. */
const explain = (error: unknown): string => {
  const { code, message, stack, port } = error as NodeJS.ErrnoException & { port?: number }
  if (code === 'EADDRINUSE') return `Port ${port} is in use by another program. Choose another with --port N.`
  if (code === 'EACCES' && port !== undefined)
    return `This account may not listen on port ${port}. Choose one above 1023.`
  const known = [OptionsError, PostgresError, KeysError, StoreError, WrongPostgresError, AttestationAnchorError].some(
    k => error instanceof k,
  )
  return known ? message : (stack ?? String(error))
}

run().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`)
  process.exit(1)
})
