import { z } from 'zod'
import { route } from '../route.ts'
import { id, text, timestamp, version } from '../vocabulary.ts'
import { loginMethod } from './user-login.ts'

/** *User Portal* in the administration. */
export const userPortalSettings = z.object({
  /** U-3: who binds a device to a user. */
  whoCanBind: z.enum(['OPERATOR', 'USER']),
  /** U-5 */
  setSecurityQuestions: z.boolean(),
  /** U-9: No = a random PIN that an operator tells (Get Initial PIN). */
  changePinDuringIssuance: z.boolean(),
  /** U-10 */
  enableIssuanceRetry: z.boolean(),
  /** U-4, by service and device state. Questions are never the method of the first login (U-5). */
  login: z.object({
    firstIssuance: z.enum(['INITIAL_PASSWORD', 'LDAP_PASSWORD']),
    laterIssuance: loginMethod,
    withoutDevice: z.enum(['LDAP_PASSWORD', 'SECURITY_QUESTIONS']),
  }),
  /** U-8: wrong tries before a method is locked until a Help desk resets it. */
  wrongPasswords: z.int().min(3).max(20),
  wrongAnswers: z.int().min(3).max(20),
  /** Wrong tries from one network address in a quarter of an hour, whoever is named. */
  wrongTriesPerSource: z.int().min(10).max(1000),
  questionsNeeded: z.int().min(2).max(5),
  minAnswerLength: z.int().min(2).max(10),
  initialPasswordDays: z.int().min(1).max(90),
  initialPasswordDelivery: z.enum(['SHOWN', 'EMAIL']),
  idleMinutes: z.int().min(5).max(60),
  helpText: text(300),
})
export type UserPortalSettings = z.infer<typeof userPortalSettings>
const storedUserPortalSettings = z.object({
  version,
  settings: userPortalSettings,
  changedAt: timestamp.nullable(),
  changedBy: z.string().nullable(),
  /** What does not work yet, for people: no directory configured, too few questions, no mail server. */
  problems: z.array(z.string()),
})

export const securityQuestion = z.object({
  id,
  version,
  text: z.string(),
  retired: z.boolean(),
  /** Users who have answered it. */
  users: z.int(),
})
export type SecurityQuestion = z.infer<typeof securityQuestion>

export const userLogins = z.object({
  initialPasswords: z.array(
    z.object({
      deviceId: id,
      serial: z.string(),
      createdAt: timestamp,
      expiresAt: timestamp,
      usedAt: timestamp.nullable(),
      expired: z.boolean(),
    }),
  ),
  questionsSetAt: timestamp.nullable(),
  /** Methods that too many wrong tries have locked. */
  locked: z.array(z.object({ method: loginMethod, since: timestamp })),
})
export type UserLogins = z.infer<typeof userLogins>

/** The password only where it is shown; a delivered one is never seen by an operator. */
export const initialPassword = z.object({
  password: z.string().nullable(),
  deliveredTo: z.string().nullable(),
  expiresAt: timestamp,
})
export type InitialPassword = z.infer<typeof initialPassword>

export const userAdministrationRoutes = {
  getUserPortalSettings: route({
    id: 'getUserPortalSettings',
    method: 'GET',
    path: '/api/settings/user-portal',
    tag: 'settings',
    summary: 'Configuration of the User portal',
    access: 'settings.read',
    answer: storedUserPortalSettings,
  }),
  putUserPortalSettings: route({
    id: 'putUserPortalSettings',
    method: 'PUT',
    path: '/api/settings/user-portal',
    tag: 'settings',
    summary: 'Change the configuration of the User portal',
    access: 'settings.write',
    needsAllGroups: true,
    body: z.object({ version, settings: userPortalSettings }),
    answer: storedUserPortalSettings,
  }),
  listSecurityQuestions: route({
    id: 'listSecurityQuestions',
    method: 'GET',
    path: '/api/settings/security-questions',
    tag: 'settings',
    summary: 'The catalogue of security questions',
    access: 'settings.read',
    answer: z.object({ rows: z.array(securityQuestion) }),
  }),
  createSecurityQuestion: route({
    id: 'createSecurityQuestion',
    method: 'POST',
    path: '/api/settings/security-questions',
    tag: 'settings',
    summary: 'Add a security question',
    access: 'settings.write',
    needsAllGroups: true,
    idempotent: true,
    body: z.object({ text: text(200).min(5) }),
    answer: securityQuestion,
  }),
  updateSecurityQuestion: route({
    id: 'updateSecurityQuestion',
    method: 'PUT',
    path: '/api/settings/security-questions/:id',
    tag: 'settings',
    summary: 'Reword or retire a security question; whoever has answered it keeps it',
    access: 'settings.write',
    about: 'security-question',
    needsAllGroups: true,
    params: z.object({ id }),
    body: z.object({ version, text: text(200).min(5), retired: z.boolean() }),
    answer: securityQuestion,
  }),
  userLogins: route({
    id: 'userLogins',
    method: 'GET',
    path: '/api/users/:id/logins',
    tag: 'users',
    summary: 'How a user can log in to the User portal',
    access: 'user.read',
    about: 'user',
    params: z.object({ id }),
    answer: userLogins,
  }),
  resetUserLogin: route({
    id: 'resetUserLogin',
    method: 'POST',
    path: '/api/users/:id/logins/reset',
    tag: 'users',
    summary: 'Help desk: unlock a method; for security questions the user enters answers anew (U-8)',
    access: 'user.reset-login',
    about: 'user',
    params: z.object({ id }),
    body: z.object({ method: loginMethod }),
    answer: userLogins,
  }),
  newInitialPassword: route({
    id: 'newInitialPassword',
    method: 'POST',
    path: '/api/devices/:id/initial-password',
    tag: 'devices',
    summary: 'A new initial password for a device that waits for its user; the one before ends',
    access: 'device.assign',
    about: 'device',
    params: z.object({ id }),
    answer: initialPassword,
  }),
}
