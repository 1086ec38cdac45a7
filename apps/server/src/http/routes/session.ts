import { permissions, routes, type Session } from '@cardwright/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Passkeys } from '../../sign-in/passkeys.ts'
import type { Sessions } from '../../sign-in/sessions.ts'
import type { SignIn } from '../../sign-in/sign-in.ts'
import type { Caller } from '../caller.ts'
import type { EventStreams } from '../event-stream.ts'
import type { Registrar } from '../registrar.ts'
import { clearSessionCookie, readSessionCookie, setSessionCookie } from '../session-cookie.ts'

export type SessionRoutePorts = {
  readonly signIn: SignIn
  readonly passkeys: Passkeys
  readonly sessions: Sessions
  readonly streams: EventStreams
  /** The relay of a session that ended. */
  readonly closeWorkstation: (sessionId: string) => void
  readonly secure: boolean
  readonly organisation: () => Promise<string>
  readonly demo: boolean
  /** Development defaults in force. */
  readonly warnings: readonly string[]
}

type Begun = { readonly token: string; readonly caller: Caller }

export const registerSessionRoutes = ({ handle }: Registrar, ports: SessionRoutePorts): void => {
  const { signIn, passkeys, sessions, streams, secure } = ports

  const view = async (caller: Caller): Promise<Session> => ({
    operator: caller.operator,
    permissions: permissions.filter(p => caller.permissions.has(p)),
    scope: caller.scope === 'ALL' ? 'ALL' : 'OWN_GROUPS',
    csrfToken: caller.csrfToken,
    expiresAt: new Date(caller.expiresAt).toISOString(),
    organisation: await ports.organisation(),
    demo: ports.demo,
    warnings: [...ports.warnings],
  })

  /** Whatever session the browser brought along ends here: nobody can hand a victim a session prepared beforehand. */
  const signedIn = async (request: FastifyRequest, reply: FastifyReply, begun: Begun): Promise<Session> => {
    const earlier = readSessionCookie(request, secure)
    const previous = earlier === undefined ? null : await sessions.find(earlier)
    if (previous !== null) {
      await sessions.end(previous.sessionId)
      streams.closeSession(previous.sessionId)
      ports.closeWorkstation(previous.sessionId)
    }
    setSessionCookie(reply, secure, begun.token)
    return view(begun.caller)
  }

  handle(routes.getSession, ({ caller }) => view(caller))

  handle(routes.signInPassword, async ({ body, request, reply }) =>
    signedIn(request, reply, await signIn.withPassword(body.loginName, body.password)),
  )
  handle(routes.passkeyOptions, () => passkeys.signInOptions())
  handle(routes.signInPasskey, async ({ body, request, reply }) =>
    signedIn(request, reply, await signIn.withPasskey(body.ceremony, body.response)),
  )

  handle(routes.signOut, async ({ caller, reply }) => {
    await sessions.end(caller.sessionId)
    streams.closeSession(caller.sessionId)
    ports.closeWorkstation(caller.sessionId)
    clearSessionCookie(reply, secure)
    return {}
  })

  handle(routes.openInvitation, async ({ body }) => {
    const { user, expiresAt } = await signIn.invitation(body.token)
    return {
      displayName: user.displayName,
      loginName: user.loginName,
      expiresAt: new Date(expiresAt).toISOString(),
    }
  })
  handle(routes.acceptWithPassword, async ({ body, request, reply }) =>
    signedIn(request, reply, await signIn.acceptWithPassword(body.token, body.password)),
  )
  handle(routes.acceptWithPasskeyOptions, async ({ body }) => {
    const { user } = await signIn.invitation(body.token)
    return passkeys.registerOptions(user)
  })
  handle(routes.acceptWithPasskey, async ({ body, request, reply }) =>
    signedIn(request, reply, await signIn.acceptWithPasskey(body.token, body.ceremony, body.response)),
  )
}
