import { z } from 'zod'
import { route } from '../route.ts'
import { id, issuanceType, language, name, page, pageOf, text, timestamp, version } from '../vocabulary.ts'
import { roleId, roleName } from './roles.ts'

const attributes = {
  loginName: name,
  displayName: name,
  givenName: text(64).optional(),
  familyName: text(64).optional(),
  email: z.email().max(254).optional(),
  /** User principal name for Windows and Kerberos log-on. */
  upn: text(254)
    .regex(/^[^@\s]+@[^@\s]+$/)
    .optional(),
  /** Active Directory security identifier, S-1-5-… */
  sid: z
    .string()
    .regex(/^S-1-\d+(-\d+){1,15}$/)
    .max(184)
    .optional(),
  employeeNumber: text(32).optional(),
  department: text(120).optional(),
  /** ISO 639, of letters and mails; absent = the organisation's. */
  language: language.optional(),
  groupIds: z.array(id).max(50),
}

export const userWrite = z.object(attributes)
export const user = z.object({
  ...attributes,
  id,
  version,
  status: z.enum(['ACTIVE', 'DISABLED']),
  role: roleName.nullable(),
  groups: z.array(z.object({ id, name: z.string() })),
  /** When the photo was set; null = none. */
  photoAt: timestamp.nullable(),
  deviceCount: z.int(),
  createdAt: timestamp,
})
export type User = z.infer<typeof user>
export type UserWrite = z.infer<typeof userWrite>

/** Policies by issuance type: what a group's members may get (REQUIREMENTS §1 group). */
export const assignments = z.partialRecord(issuanceType, z.array(id).max(50))
export const group = z.object({
  id,
  version,
  name,
  description: text(500),
  memberCount: z.int(),
  assignments,
  /** Card layouts by issuance type (P-3). */
  layouts: assignments,
})
export type Group = z.infer<typeof group>
const groupWrite = z.object({ name, description: text(500).default(''), assignments })

export const timelineEntry = z.object({
  id: z.string(),
  at: timestamp,
  actor: z.string(),
  action: z.string(),
  result: z.enum(['SUCCESS', 'FAILURE', 'DENIED']),
  /** Why: what happened to the device, the code of a refusal, or what somebody wrote. */
  reason: z.string().nullable(),
  /** Facts for the sentence; never a secret. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})
export type TimelineEntry = z.infer<typeof timelineEntry>

export const searchHit = z.object({
  kind: z.enum(['user', 'device']),
  id,
  title: z.string(),
  subtitle: z.string(),
  state: z.string().optional(),
})

export const peopleRoutes = {
  search: route({
    id: 'search',
    method: 'GET',
    path: '/api/search',
    tag: 'search',
    summary: 'Find users and devices',
    access: 'user.read',
    query: z.object({ q: text(120).min(1) }),
    answer: z.object({ hits: z.array(searchHit) }),
  }),
  listUsers: route({
    id: 'listUsers',
    method: 'GET',
    path: '/api/users',
    tag: 'users',
    summary: 'Users',
    access: 'user.read',
    aboutQuery: { group: 'group' },
    query: page.extend({
      q: text(120).optional(),
      group: id.optional(),
      status: z.enum(['ACTIVE', 'DISABLED']).optional(),
      /** Only operators with this role. */
      role: roleId.optional(),
      sort: z.enum(['displayName', '-displayName', 'createdAt', '-createdAt']).default('displayName'),
    }),
    answer: pageOf(user),
  }),
  getUser: route({
    id: 'getUser',
    method: 'GET',
    path: '/api/users/:id',
    tag: 'users',
    summary: 'One user',
    access: 'user.read',
    about: 'user',
    params: z.object({ id }),
    answer: user,
  }),
  createUser: route({
    id: 'createUser',
    method: 'POST',
    path: '/api/users',
    tag: 'users',
    summary: 'Create a user',
    access: 'user.write',
    idempotent: true,
    body: userWrite,
    answer: user,
  }),
  updateUser: route({
    id: 'updateUser',
    method: 'PUT',
    path: '/api/users/:id',
    tag: 'users',
    summary: 'Change a user',
    access: 'user.write',
    about: 'user',
    params: z.object({ id }),
    body: userWrite.extend({ version, status: z.enum(['ACTIVE', 'DISABLED']) }),
    answer: user,
  }),
  userTimeline: route({
    id: 'userTimeline',
    method: 'GET',
    path: '/api/users/:id/timeline',
    tag: 'users',
    summary: 'What happened to a user and the devices',
    access: 'user.read',
    about: 'user',
    params: z.object({ id }),
    query: page,
    answer: pageOf(timelineEntry),
  }),
  listGroups: route({
    id: 'listGroups',
    method: 'GET',
    path: '/api/groups',
    tag: 'groups',
    summary: 'Groups',
    access: 'group.read',
    answer: z.object({ rows: z.array(group) }),
  }),
  getGroup: route({
    id: 'getGroup',
    method: 'GET',
    path: '/api/groups/:id',
    tag: 'groups',
    summary: 'One group',
    access: 'group.read',
    about: 'group',
    params: z.object({ id }),
    answer: group,
  }),
  createGroup: route({
    id: 'createGroup',
    method: 'POST',
    path: '/api/groups',
    tag: 'groups',
    summary: 'Create a group',
    access: 'group.write',
    needsAllGroups: true,
    idempotent: true,
    body: groupWrite.extend({ layouts: assignments.default({}) }),
    answer: group,
  }),
  updateGroup: route({
    id: 'updateGroup',
    method: 'PUT',
    path: '/api/groups/:id',
    tag: 'groups',
    summary: 'Change a group and its policies',
    access: 'group.write',
    about: 'group',
    needsAllGroups: true,
    params: z.object({ id }),
    /** Without `layouts` they stay as they are. */
    body: groupWrite.extend({ version, layouts: assignments.optional() }),
    answer: group,
  }),
}
