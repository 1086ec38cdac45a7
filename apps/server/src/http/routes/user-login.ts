import { type LoginMethod, routes, type UserDoor } from '@cardwright/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { UserPortal } from '../../user-portal/user-portal.ts'
import type { Visitor } from '../caller.ts'
import type { EventStreams } from '../event-stream.ts'
import type { Registrar } from '../registrar.ts'
import { clearVisitCookie } from '../visit-cookie.ts'

export type UserLoginRoutePorts = {
  readonly userPortal: UserPortal
  readonly streams: EventStreams
  /** The relay of a visit that ended. */
  readonly closeWorkstation: (sessionId: string) => void
  readonly secure: boolean
  readonly organisation: () => Promise<string>
  readonly demo: boolean
  readonly hasDirectory: () => Promise<boolean>
}

type At = { readonly visitor: Visitor; readonly request: FastifyRequest; readonly reply: FastifyReply }

/** The door of the User portal: a visit, and the logins that need no device. */
export const registerUserLoginRoutes = ({ handle }: Registrar, ports: UserLoginRoutePorts): void => {
  const { userPortal } = ports
  const { visits, methods, questions } = userPortal

  handle(routes.userDoor, async (): Promise<UserDoor> => {
    const { login, helpText } = await userPortal.settings()
    const issuance = [...new Set<LoginMethod>([login.firstIssuance, login.laterIssuance])]
    const ldap = [...issuance, login.withoutDevice].includes('LDAP_PASSWORD') && !(await ports.hasDirectory())
    return {
      organisation: await ports.organisation(),
      demo: ports.demo,
      helpText,
      issuance,
      withoutDevice: [login.withoutDevice],
      warnings: ldap ? ['Logging in with the password of the directory does not work yet.'] : [],
    }
  })

  handle(routes.beginVisit, async ({ request, reply }) => {
    const visitor = await userPortal.authenticateVisitor(request)
    if (visitor !== null) return userPortal.view(visitor)
    const begun = await visits.begin()
    return userPortal.entered({ visitor: begun.visitor, reply }, begun)
  })
  handle(routes.getUserSession, ({ visitor }) => userPortal.view(visitor))
  handle(routes.endVisit, async ({ visitor, reply }) => {
    await visits.end(visitor.sessionId)
    ports.streams.closeSession(visitor.sessionId)
    ports.closeWorkstation(visitor.sessionId)
    clearVisitCookie(reply, ports.secure)
    return {}
  })

  const from = ({ visitor, request }: At, loginName: string) => ({ visitor, address: request.ip, loginName })

  handle(routes.loginInitialPassword, async call => {
    const { loginName, password } = call.body
    return userPortal.entered(call, await methods.withInitialPassword(from(call, loginName), password))
  })
  handle(routes.loginLdap, async call => {
    const { service, loginName, password } = call.body
    return userPortal.entered(call, await methods.withLdapPassword({ ...from(call, loginName), service }, password))
  })
  handle(routes.loginQuestions, async ({ body }) => ({ questions: await questions.forName(body.loginName) }))
  handle(routes.loginAnswers, async call => {
    const { service, loginName, answers } = call.body
    return userPortal.entered(call, await methods.withAnswers({ ...from(call, loginName), service }, answers))
  })
}
