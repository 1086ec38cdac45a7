import { isIP } from 'node:net'
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
  /** Addresses (IP or CIDR) of the reverse proxies in front; false = none. */
  readonly trustProxy: false | readonly string[]
}

export class OptionsError extends Error {}

export const usage = `cardwright server

  --data DIR        where everything is kept (default ./data)
  --port N          port to listen on (default 8420)
  --host HOST       address to listen on (default 127.0.0.1)
  --url URL         address that browsers use, if it is another one (TLS behind a proxy: https://…)
  --no-demo         do not make the demo organisation on the first start
  --trust-proxy A   believe X-Forwarded-For of the reverse proxies with these addresses, separated by commas
                    (10.0.0.5,192.168.1.0/24)
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
    trustProxy: trustProxy(values['trust-proxy']),
  }
}

const isNetwork = (text: string): boolean => {
  const [address = '', prefix, ...rest] = text.split('/')
  const bits = isIP(address) === 4 ? 32 : 128
  return (
    isIP(address) > 0 &&
    rest.length === 0 &&
    (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits))
  )
}

/** By address and not by number: whoever reaches this server past the proxy could write as many hops as were believed. */
const trustProxy = (value: string | undefined): ServerOptions['trustProxy'] => {
  if (value === undefined) return false
  const networks = value.split(',').map(text => text.trim())
  if (networks.every(isNetwork)) return networks
  throw new OptionsError(`--trust-proxy ${value} is not a list of IP addresses or networks (10.0.0.5,192.168.1.0/24)`)
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
        'trust-proxy': { type: 'string' },
        'log-level': { type: 'string', default: 'warn' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    throw new OptionsError((error as Error).message, { cause: error })
  }
}
