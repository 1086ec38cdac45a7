import { answersStanding, type Database } from '@cardwright/adapters/db'
import { type UserService, type UserSession, userRights } from '@cardwright/contract'
import type { RandomBytes, User, UserPortalSettings } from '@cardwright/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Visitor } from '../http/caller.ts'
import type { EventStreams } from '../http/event-stream.ts'
import { readVisitCookie, setVisitCookie } from '../http/visit-cookie.ts'
import type { MailDelivery } from '../mail/deliver.ts'
import { createIdentityChecks, type IdentityChecks } from './identity-check.ts'
import { createInitialPasswords, type InitialPasswords } from './initial-passwords.ts'
import { createLogin } from './login.ts'
import type { LoginPorts } from './login-ports.ts'
import { createLoginMethods, type LoginMethods } from './methods.ts'
import { createSecurityQuestions, type SecurityQuestions } from './security-questions.ts'
import { type BegunVisit, createVisits, type Visits } from './visits.ts'

type At = { readonly visitor: Visitor; readonly reply: FastifyReply }

export type UserPortal = {
  readonly settings: () => Promise<UserPortalSettings>
  readonly visits: Visits
  readonly methods: LoginMethods
  readonly questions: SecurityQuestions
  readonly initialPasswords: InitialPasswords
  readonly identityChecks: IdentityChecks
  /** The counter of a user's tries, as it is stored. */
  keyOfTries(userId: string): Promise<string>
  authenticateVisitor(request: FastifyRequest): Promise<Visitor | null>
  /** U-5, U-8: whether this visit has to set security questions before anything else. */
  mustSetQuestions(visitor: Visitor): Promise<boolean>
  answersSetAt(userId: string): Promise<number | null>
  /** The visit as it is told to the browser. */
  view(visitor: Visitor): Promise<UserSession>
  /** Hands the token of a visit to the browser, and ends what was opened under the one before. */
  entered(at: At, begun: BegunVisit): Promise<UserSession>
  /** The visit goes on as this user's, under a new token. The login itself was proved, and is recorded, elsewhere. */
  logIn(at: At, user: User, service: UserService, deviceId: string): Promise<UserSession>
}

export type UserPortalPorts = Omit<LoginPorts, 'visits'> & {
  readonly database: Database
  readonly mail: MailDelivery
  readonly wakeOutbox: () => void
  /** Where users go. */
  readonly portalUrl: () => string
  readonly random: RandomBytes
  readonly streams: () => Pick<EventStreams, 'closeSession'>
  /** The relay of a visit that is another one since the login; the page connects anew under the new cookie. */
  readonly closeWorkstation: (sessionId: string) => void
  readonly secure: boolean
}

/** What the server knows of the people at the User portal: visits, logins, security questions, initial passwords. */
export const createUserPortal = (ports: UserPortalPorts): UserPortal => {
  const { database, settings } = ports
  const visits = createVisits({ db: database.db, users: ports.users, settings, clock: ports.clock })
  const login = createLogin({ ...ports, visits })
  const questions = createSecurityQuestions(ports)

  const mustSetQuestions = async ({ user, service }: Visitor): Promise<boolean> =>
    user !== null && questions.mustSet(user.id, service)
  const view = async (visitor: Visitor): Promise<UserSession> => ({
    user: visitor.user && { id: visitor.user.id, displayName: visitor.user.displayName },
    service: visitor.service,
    rights: userRights.filter(right => visitor.rights.has(right)),
    csrfToken: visitor.csrfToken,
    expiresAt: new Date(visitor.expiresAt).toISOString(),
    mustSetQuestions: await mustSetQuestions(visitor),
  })
  const entered = async ({ visitor, reply }: At, begun: BegunVisit): Promise<UserSession> => {
    setVisitCookie(reply, ports.secure, begun.token)
    ports.streams().closeSession(visitor.sessionId)
    if (begun.visitor.sessionId !== visitor.sessionId) ports.closeWorkstation(visitor.sessionId)
    return view(begun.visitor)
  }

  return {
    settings,
    visits,
    methods: createLoginMethods({ ...ports, visits }, login, questions),
    questions,
    initialPasswords: createInitialPasswords(ports),
    identityChecks: createIdentityChecks(ports, login, questions),
    keyOfTries: login.keyOfUser,
    authenticateVisitor: async request => {
      const token = readVisitCookie(request, ports.secure)
      return token === undefined ? null : visits.find(token)
    },
    mustSetQuestions,
    answersSetAt: async userId => (await answersStanding(database.db, userId)).setAt,
    view,
    entered,
    logIn: async (at, user, service, deviceId) => entered(at, await visits.logIn(at.visitor, user, service, deviceId)),
  }
}
