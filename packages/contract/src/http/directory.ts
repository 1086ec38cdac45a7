import { z } from 'zod'
import { route } from '../route.ts'
import { id, name, page, pageOf, text, timestamp, version } from '../vocabulary.ts'

const attribute = text(100)
export const directoryAttributes = z.object({
  id: attribute,
  loginName: attribute,
  displayName: attribute,
  givenName: attribute,
  familyName: attribute,
  email: attribute,
  upn: attribute,
  sid: attribute,
  employeeNumber: attribute,
  department: attribute,
  disabled: attribute,
  membership: z.enum(['memberOf', 'member', 'uniqueMember', 'memberUid']),
  groupName: attribute.min(1),
  certificate: z.enum(['userCertificate;binary', 'userCertificate']),
})

/** What each field means: core, directory-settings. The bind password is not among them: it goes in and never comes out. */
export const directorySettings = z.object({
  urls: z.array(text(300).min(1)).min(1).max(10),
  tls: z.enum(['LDAPS', 'STARTTLS']),
  caCertificates: text(100_000),
  bindDn: text(1000).min(1),
  userBase: text(1000).min(1),
  userFilter: text(2000).min(1),
  groupBase: text(1000),
  groupFilter: text(2000).min(1),
  attributes: directoryAttributes,
  pageSize: z.int().min(10).max(5000),
  groups: z.array(z.object({ directoryGroup: text(200).min(1), name })).max(30),
  syncIntervalMinutes: z.int().min(0).max(10_080),
  disableLimitPercent: z.int().min(0).max(100),
  publishProfiles: z.array(text(100).min(1)).max(50),
})
export type DirectorySettingsDocument = z.infer<typeof directorySettings>

const storedDirectory = z.object({
  version,
  /** Null = no directory. */
  settings: directorySettings.nullable(),
  passwordSet: z.boolean(),
  changedAt: timestamp.nullable(),
  changedBy: z.string().nullable(),
  /** To begin with, by kind of directory. */
  presets: z.record(
    z.enum(['rfc2307', 'active-directory']),
    z.object({ userFilter: z.string(), groupFilter: z.string(), attributes: directoryAttributes }),
  ),
})
const bindPassword = z.string().min(1).max(1000)

const difference = z.object({ field: z.string(), from: z.string().nullable(), to: z.string().nullable() })
const counts = z.object({
  created: z.int(),
  updated: z.int(),
  disabled: z.int(),
  unchanged: z.int(),
  conflicts: z.int(),
  /** Planned, but changed by somebody else meanwhile; the next sync looks at them again. */
  skipped: z.int(),
})

/** Of each kind at most the first 200 rows; `counts` has all. */
export const directorySyncPreview = z.object({
  counts: counts.omit({ skipped: true }),
  guard: z.object({ disabling: z.int(), of: z.int(), exceeded: z.boolean() }),
  groups: z.object({
    create: z.array(z.object({ name: z.string(), directoryGroup: z.string() })),
    link: z.array(z.object({ id, name: z.string(), directoryGroup: z.string() })),
    missing: z.array(z.object({ name: z.string(), directoryGroup: z.string() })),
  }),
  create: z.array(
    z.object({
      dn: z.string(),
      loginName: z.string(),
      displayName: z.string(),
      email: z.string().nullable(),
      department: z.string().nullable(),
    }),
  ),
  update: z.array(
    z.object({ id, dn: z.string(), loginName: z.string(), displayName: z.string(), differences: z.array(difference) }),
  ),
  disable: z.array(
    z.object({ id, loginName: z.string(), displayName: z.string(), why: z.enum(['GONE', 'DISABLED_THERE']) }),
  ),
  conflicts: z.array(
    z.object({
      dn: z.string(),
      loginName: z.string().nullable(),
      why: z.enum([
        'LAST_ADMINISTRATOR',
        'LOGIN_NAME_TAKEN',
        'UPN_TAKEN',
        'AMBIGUOUS',
        'LOGIN_NAME_MISSING',
        'NAME_NOT_ALLOWED',
        'TOO_MANY_GROUPS',
      ]),
    }),
  ),
  /** Values that do not fit here and are left out: an address that is none, a number that is too long. */
  leftOut: z.array(z.object({ dn: z.string(), loginName: z.string(), field: z.string() })),
})
export type DirectorySyncPreview = z.infer<typeof directorySyncPreview>

export const directoryRun = z.object({
  id,
  startedAt: timestamp,
  endedAt: timestamp.nullable(),
  startedBy: z.string(),
  scheduled: z.boolean(),
  /** CONFIRMATION_NEEDED: nothing was done, because it would disable more users than the settings allow unasked. */
  outcome: z.enum(['RUNNING', 'DONE', 'CONFIRMATION_NEEDED', 'FAILED']),
  /** Code of the error, for FAILED. */
  error: z.string().nullable(),
  counts: counts.nullable(),
})
export type DirectoryRun = z.infer<typeof directoryRun>

const read = 'settings.read' as const
const write = 'settings.write' as const
const tag = 'directory'

export const directoryRoutes = {
  getDirectory: route({
    id: 'getDirectory',
    method: 'GET',
    path: '/api/settings/directory',
    summary: 'The directory that users come from; its password is never given out',
    tag,
    access: read,
    answer: storedDirectory,
  }),
  putDirectory: route({
    id: 'putDirectory',
    method: 'PUT',
    path: '/api/settings/directory',
    summary: 'Configure the directory; without bindPassword the stored one stays',
    tag,
    access: write,
    needsAllGroups: true,
    body: z.object({ version, settings: directorySettings.nullable(), bindPassword: bindPassword.optional() }),
    answer: storedDirectory,
  }),
  testDirectory: route({
    id: 'testDirectory',
    method: 'POST',
    path: '/api/settings/directory/test',
    summary: 'Connect with these settings (or the stored ones) and show what is seen',
    tag,
    access: write,
    needsAllGroups: true,
    body: z.object({ settings: directorySettings.optional(), bindPassword: bindPassword.optional() }),
    answer: z.object({
      users: z.array(
        z.object({ dn: z.string(), loginName: z.string().nullable(), displayName: z.string().nullable() }),
      ),
      groups: z.array(z.object({ id: z.string(), dn: z.string(), name: z.string() })),
    }),
  }),
  previewDirectorySync: route({
    id: 'previewDirectorySync',
    method: 'POST',
    path: '/api/settings/directory/preview',
    summary: 'What a sync would do now; nothing is changed',
    tag,
    access: write,
    needsAllGroups: true,
    answer: directorySyncPreview,
  }),
  syncDirectory: route({
    id: 'syncDirectory',
    method: 'POST',
    path: '/api/settings/directory/sync',
    summary: 'Sync now; answers when it is done, or after 20 seconds while it goes on',
    tag,
    access: write,
    needsAllGroups: true,
    body: z.object({ confirmed: z.boolean().default(false) }),
    answer: directoryRun,
  }),
  listDirectoryRuns: route({
    id: 'listDirectoryRuns',
    method: 'GET',
    path: '/api/settings/directory/runs',
    summary: 'Syncs, newest first',
    tag,
    access: read,
    query: page,
    answer: pageOf(directoryRun),
  }),
}
