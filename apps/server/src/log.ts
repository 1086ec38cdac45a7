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

type Shown = {
  readonly type: string
  readonly message: string
  readonly code?: unknown
  readonly stack?: string
  readonly cause?: Shown
}

/** Errors carry what their makers hang on them, a database client with its session key for one: only this is shown. */
export const shownError = (error: unknown): Shown => {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error' }
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  return {
    type: error.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(cause instanceof Error ? { cause: shownError(cause) } : {}),
  }
}

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
      serializers: { err: shownError },
      redact: {
        paths: secretNames.flatMap(name => [name, `*.${name}`, `*.*.${name}`, `headers["${name}"]`]),
        censor: '[blanked]',
      },
    },
    destination,
  )
