import { z } from 'zod'
import { route } from '../route.ts'
import { userRights, userServices } from '../user-rights.ts'
import { id, name, text, timestamp } from '../vocabulary.ts'

export const userService = z.enum(userServices)
export const loginMethod = z.enum(['INITIAL_PASSWORD', 'LDAP_PASSWORD', 'SECURITY_QUESTIONS'])
export type LoginMethod = z.infer<typeof loginMethod>

/** A visit of a browser to the User portal; `user` and `service` are null until the login. */
export const userSession = z.object({
  user: z.object({ id, displayName: z.string() }).nullable(),
  service: userService.nullable(),
  rights: z.array(z.enum(userRights)),
  /** Sent back as header `x-csrf-token` with every unsafe method. */
  csrfToken: z.string(),
  expiresAt: timestamp,
  /** U-5: the user must set security questions before the service goes on. */
  mustSetQuestions: z.boolean(),
})
export type UserSession = z.infer<typeof userSession>

/** What the door looks like before anybody is known. The same for everybody: it follows from the settings alone. */
export const userDoor = z.object({
  organisation: z.string(),
  demo: z.boolean(),
  /** Shown at the foot of each page: whom to ask. */
  helpText: z.string(),
  issuance: z.array(loginMethod),
  withoutDevice: z.array(loginMethod),
  warnings: z.array(z.string()),
})
export type UserDoor = z.infer<typeof userDoor>

const password = z.string().min(1).max(200)
const questions = z.object({ questions: z.array(z.object({ id, text: z.string() })) })
const done = z.object({})

export const userLoginRoutes = {
  userDoor: route({
    id: 'userDoor',
    method: 'GET',
    path: '/api/user/door',
    tag: 'user portal',
    summary: 'What the User portal offers',
    access: 'public',
    answer: userDoor,
  }),
  beginVisit: route({
    id: 'beginVisit',
    method: 'POST',
    path: '/api/user/session',
    tag: 'user portal',
    summary: 'Begin a visit, or go on with the one of the cookie',
    access: 'public',
    answer: userSession,
  }),
  getUserSession: route({
    id: 'getUserSession',
    method: 'GET',
    path: '/api/user/session',
    tag: 'user portal',
    summary: 'The visit as it stands',
    access: 'user:visit',
    answer: userSession,
  }),
  endVisit: route({
    id: 'endVisit',
    method: 'DELETE',
    path: '/api/user/session',
    tag: 'user portal',
    summary: 'Log out',
    access: 'user:visit',
    answer: done,
  }),
  loginInitialPassword: route({
    id: 'loginInitialPassword',
    method: 'POST',
    path: '/api/user/login/initial-password',
    tag: 'user portal',
    summary: 'Log in for the issuance with the initial password; it works once (U-11)',
    access: 'user:visit',
    body: z.object({ loginName: name, password }),
    answer: userSession,
  }),
  loginLdap: route({
    id: 'loginLdap',
    method: 'POST',
    path: '/api/user/login/ldap',
    tag: 'user portal',
    summary: 'Log in with the password of the directory',
    access: 'user:visit',
    body: z.object({ service: z.enum(['ISSUANCE', 'WITHOUT_DEVICE']), loginName: name, password }),
    answer: userSession,
  }),
  loginQuestions: route({
    id: 'loginQuestions',
    method: 'POST',
    path: '/api/user/login/questions',
    tag: 'user portal',
    summary: 'The questions to answer; for a name that does not exist as well',
    access: 'user:visit',
    body: z.object({ loginName: name }),
    answer: questions,
  }),
  loginAnswers: route({
    id: 'loginAnswers',
    method: 'POST',
    path: '/api/user/login/answers',
    tag: 'user portal',
    summary: 'Log in with the answers',
    access: 'user:visit',
    body: z.object({
      service: z.enum(['ISSUANCE', 'WITHOUT_DEVICE']),
      loginName: name,
      answers: z
        .array(z.object({ id, answer: text(200) }))
        .min(1)
        .max(10),
    }),
    answer: userSession,
  }),
  loginDevice: route({
    id: 'loginDevice',
    method: 'POST',
    path: '/api/user/login/device',
    tag: 'user portal',
    summary: 'Log in with the device: a challenge signed by its key 9A after the PIN (FIPS 196)',
    access: 'user:visit',
    /** `kept` names the PIN at the workstation. */
    body: z.object({ readerId: text(300), insertion: text(100), kept: z.uuid() }),
    answer: userSession,
  }),
}
