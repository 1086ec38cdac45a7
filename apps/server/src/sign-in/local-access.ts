import { timingSafeEqual } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { permissions } from '@cardwright/contract'
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../http/caller.ts'
import { isLoopback } from '../http/same-origin.ts'
import { newToken, tokenHash } from './tokens.ts'

export type LocalAccess = {
  caller(request: FastifyRequest): Caller | null
  /** Whether this is the caller that `caller` answers; no session is stored for it. */
  isCommandLine(caller: Caller): boolean
  /** Writes where and how the command line reaches this server, for this run only. */
  publish(url: string): void
  withdraw(): void
}

export const localAccessFile = (dataDir: string): string => join(dataDir, 'local-access.json')

/** No user has this id; it stands for whoever can read the data directory. */
const COMMAND_LINE_ID = '00000000-0000-4000-8000-00000000c11e'

/**
 * Who can read the data directory could change anything in it anyway: that file right is what the command line proves with
 * the token in it, over loopback and never through a proxy. The token lives as long as the server.
 */
export const createLocalAccess = (dataDir: string): LocalAccess => {
  const token = newToken()
  const hash = tokenHash(token)
  const commandLine: Caller = {
    sessionId: 'command-line',
    tokenHash: hash,
    operator: {
      id: COMMAND_LINE_ID,
      displayName: 'Command line',
      loginName: 'command-line',
      role: { id: 'ADMINISTRATOR', name: 'Administrator' },
    },
    permissions: new Set(permissions),
    scope: 'ALL',
    expiresAt: Date.UTC(9999, 11, 31),
    // Nothing that a web page could make a browser send along: the token takes the place of the CSRF token.
    csrfToken: token,
  }
  const file = localAccessFile(dataDir)
  return {
    caller: request => {
      const given = /^Bearer ([\w-]{43})$/.exec(request.headers.authorization ?? '')?.[1]
      const local = isLoopback(request.socket.remoteAddress ?? '') && request.headers['x-forwarded-for'] === undefined
      if (given === undefined || !local || !timingSafeEqual(tokenHash(given), hash)) return null
      return commandLine
    },
    isCommandLine: caller => caller === commandLine,
    publish: url => {
      rmSync(file, { force: true })
      writeFileSync(file, `${JSON.stringify({ url, token })}\n`, { mode: 0o600, flag: 'wx' })
    },
    withdraw: () => rmSync(file, { force: true }),
  }
}
