import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export type ServerOptions = {
  readonly dataDir: string
  readonly host: string
  /** 0 = any free port. */
  readonly port: number
  /** Where browsers reach this server, if not at http://localhost:PORT (behind a reverse proxy, say). */
  readonly url: string | undefined
  readonly demo: boolean
  /** Another PostgreSQL than the embedded one. */
  readonly databaseUrl: string | undefined
  /** Protects the key store instead of the key file. */
  readonly passphrase: string | undefined
  readonly logLevel: string
  readonly trustProxy: boolean
}

export class OptionsError extends Error {}

export const usage = `cardwright server

  --data DIR        where everything is kept (default ./data)
  --port N          port to listen on (default 8420)
  --host HOST       address to listen on (default 127.0.0.1)
  --url URL         address that browsers use, if it is another one (TLS behind a proxy: https://…)
  --no-demo         do not make the demo organisation on the first start
  --trust-proxy     believe X-Forwarded-For of a reverse proxy
  --log-level L     trace, debug, info, warn (default) or error; one JSON object a line on standard error

Environment: DATABASE_URL (a PostgreSQL 15 or newer instead of the embedded one),
CARDWRIGHT_PASSPHRASE (seals the key store; without it a key file in the data directory does).
`

export const parseOptions = (args: readonly string[], env: NodeJS.ProcessEnv): ServerOptions | 'help' => {
  const { values } = parse(args)
  if (values.help) return 'help'
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new OptionsError(`--port ${values.port} is not a port`)
  if (values.url !== undefined && !/^https?:\/\/[^/]+\/?$/.test(values.url)) {
    throw new OptionsError(`--url ${values.url} is not http(s)://host[:port]`)
  }
  return {
    dataDir: resolve(values.data),
    host: values.host,
    port,
    url: values.url,
    demo: !values['no-demo'],
    databaseUrl: env.DATABASE_URL || undefined,
    passphrase: env.CARDWRIGHT_PASSPHRASE || undefined,
    logLevel: values['log-level'],
    trustProxy: values['trust-proxy'],
  }
}

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      options: {
        data: { type: 'string', default: 'data' },
        port: { type: 'string', default: '8420' },
        host: { type: 'string', default: '127.0.0.1' },
        url: { type: 'string' },
        'no-demo': { type: 'boolean', default: false },
        'trust-proxy': { type: 'boolean', default: false },
        'log-level': { type: 'string', default: 'warn' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    throw new OptionsError((error as Error).message, { cause: error })
  }
}
