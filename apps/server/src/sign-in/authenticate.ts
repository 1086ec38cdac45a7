import type { FastifyRequest } from 'fastify'
import type { Caller, Visitor } from '../http/caller.ts'
import { readSessionCookie } from '../http/session-cookie.ts'
import type { LocalAccess } from './local-access.ts'
import type { Sessions } from './sessions.ts'

/** Sent by a page that updates itself while nobody touches it; who sends it falsely is only signed out the earlier. */
const unattended = 'x-unattended'

/** The caller of a request: the session of its cookie, or the command line on this machine with its token. */
export const createAuthenticate =
  (sessions: Sessions, localAccess: LocalAccess, secure: boolean) =>
  async (request: FastifyRequest): Promise<Caller | null> => {
    const { authorization } = request.headers
    if (authorization !== undefined) return localAccess.caller(request)
    const token = readSessionCookie(request, secure)
    return token === undefined ? null : sessions.find(token, request.headers[unattended] === undefined)
  }

/** Whether a caller may go on being answered: a session until it ends, the command line as long as this server runs. */
export const createIsAlive =
  (sessions: Pick<Sessions, 'isAlive'>, localAccess: LocalAccess) =>
  async (caller: Caller): Promise<boolean> =>
    localAccess.isCommandLine(caller) || sessions.isAlive(caller)

/** The same for a stream: it also ends when the role or the groups of its operator change. */
export const createIsUnchanged =
  (
    sessions: Pick<Sessions, 'isUnchanged'>,
    localAccess: LocalAccess,
    visits: { isAlive(visitor: Visitor): Promise<boolean> },
  ) =>
  async (session: Caller | Visitor): Promise<boolean> => {
    if ('rights' in session) return visits.isAlive(session)
    return localAccess.isCommandLine(session) || sessions.isUnchanged(session)
  }
