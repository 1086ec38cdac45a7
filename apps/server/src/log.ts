import { type DestinationStream, type Logger, pino } from 'pino'

const secretNames = [
  'pin',
  'newPin',
  'puk',
  'password',
  'passphrase',
  'token',
  'sealed',
  'typed',
  'cookie',
  'authorization',
  'csrfToken',
]

/**
 * Log lines are JSON on standard error. No line of ours holds a secret; should one ever be passed by mistake, its name
 * is blanked here, up to three levels deep.
 */
export const createLog = (level: string, destination: DestinationStream = pino.destination(2)): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: secretNames.flatMap(name => [name, `*.${name}`, `*.*.${name}`, `headers["${name}"]`]),
        censor: '[blanked]',
      },
    },
    destination,
  )
