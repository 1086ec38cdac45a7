import { z } from 'zod'
import { permissions, roleScopes } from '../permissions.ts'
import { route } from '../route.ts'
import { id, name, text, timestamp } from '../vocabulary.ts'
import { user } from './people.ts'
import { roleId, roleName } from './roles.ts'

export const session = z.object({
  operator: z.object({ id, displayName: z.string(), loginName: z.string(), role: roleName }),
  permissions: z.array(z.enum(permissions)),
  /** Whose users, devices and requests the operator sees. */
  scope: z.enum(roleScopes),
  /** Sent back as header `x-csrf-token` with every unsafe method. */
  csrfToken: z.string(),
  expiresAt: timestamp,
  organisation: z.string(),
  demo: z.boolean(),
  /** Development defaults that are in force; each is shouted at the operator. */
  warnings: z.array(z.string()),
})
export type Session = z.infer<typeof session>

/** 12–200 characters; length is the rule (NIST SP 800-63B-4 §3.1.1.2), no composition rules. */
export const newPassword = z.string().min(12).max(200)
const publicKeyOptions = z.record(z.string(), z.unknown())
const publicKeyAnswer = z
  .object({ id: z.string().max(2000), rawId: z.string().max(2000), type: z.literal('public-key') })
  .loose()
const done = z.object({})

export const sessionRoutes = {
  getSession: route({
    id: 'getSession',
    method: 'GET',
    path: '/api/session',
    tag: 'session',
    summary: 'Who is signed in',
    access: 'signed-in',
    answer: session,
  }),
  signInPassword: route({
    id: 'signInPassword',
    method: 'POST',
    path: '/api/session/password',
    tag: 'session',
    summary: 'Sign in with a password',
    access: 'public',
    body: z.object({ loginName: name, password: z.string().min(1).max(200) }),
    answer: session,
  }),
  passkeyOptions: route({
    id: 'passkeyOptions',
    method: 'POST',
    path: '/api/session/passkey/options',
    tag: 'session',
    summary: 'Challenge for signing in with a passkey',
    access: 'public',
    answer: z.object({ ceremony: id, options: publicKeyOptions }),
  }),
  signInPasskey: route({
    id: 'signInPasskey',
    method: 'POST',
    path: '/api/session/passkey',
    tag: 'session',
    summary: 'Sign in with a passkey',
    access: 'public',
    body: z.object({ ceremony: id, response: publicKeyAnswer }),
    answer: session,
  }),
  signOut: route({
    id: 'signOut',
    method: 'DELETE',
    path: '/api/session',
    tag: 'session',
    summary: 'Sign out',
    access: 'signed-in',
    answer: done,
  }),
  /** The one-time link carries its token in the fragment; it never reaches a server log. */
  openInvitation: route({
    id: 'openInvitation',
    method: 'POST',
    path: '/api/invitation/open',
    tag: 'session',
    summary: 'Whom a one-time sign-in link is for',
    access: 'public',
    body: z.object({ token: text(200) }),
    answer: z.object({ displayName: z.string(), loginName: z.string(), expiresAt: timestamp }),
  }),
  acceptWithPassword: route({
    id: 'acceptWithPassword',
    method: 'POST',
    path: '/api/invitation/password',
    tag: 'session',
    summary: 'Use a one-time link: set a password and sign in',
    access: 'public',
    body: z.object({ token: text(200), password: newPassword }),
    answer: session,
  }),
  acceptWithPasskeyOptions: route({
    id: 'acceptWithPasskeyOptions',
    method: 'POST',
    path: '/api/invitation/passkey/options',
    tag: 'session',
    summary: 'Use a one-time link: challenge for a new passkey',
    access: 'public',
    body: z.object({ token: text(200) }),
    answer: z.object({ ceremony: id, options: publicKeyOptions }),
  }),
  acceptWithPasskey: route({
    id: 'acceptWithPasskey',
    method: 'POST',
    path: '/api/invitation/passkey',
    tag: 'session',
    summary: 'Use a one-time link: register a passkey and sign in',
    access: 'public',
    body: z.object({ token: text(200), ceremony: id, response: publicKeyAnswer }),
    answer: session,
  }),
  inviteOperator: route({
    id: 'inviteOperator',
    method: 'POST',
    path: '/api/users/:id/invitation',
    tag: 'session',
    summary: 'Give a user a role and a one-time sign-in link',
    access: 'operator.write',
    about: 'user',
    params: z.object({ id }),
    body: z.object({ role: roleId }),
    answer: z.object({ link: z.string(), expiresAt: timestamp }),
  }),
  dismissOperator: route({
    id: 'dismissOperator',
    method: 'DELETE',
    path: '/api/users/:id/role',
    tag: 'session',
    summary: 'Take the role of an operator away; the user stays',
    access: 'operator.write',
    about: 'user',
    params: z.object({ id }),
    answer: user,
  }),
}
