import { z } from 'zod'
import { route } from '../route.ts'
import { id, page, pageOf, pinDisplayMode, text, timestamp, version } from '../vocabulary.ts'
import { delivery } from './deliveries.ts'
import { timelineEntry } from './people.ts'
import { lossReport, requestCounts } from './requests.ts'

export const securitySettings = z.object({
  pinDisplayMode,
  changePinDuringIssuance: z.boolean(),
  idleMinutes: z.int().min(5).max(480),
  sessionHours: z.int().min(1).max(24),
  /** Wrong passwords before an operator's password is locked for a while. */
  passwordAttempts: z.int().min(3).max(20),
  showUnfitPolicies: z.boolean(),
})
export type SecuritySettings = z.infer<typeof securitySettings>
const storedSettings = z.object({
  version,
  settings: securitySettings,
  changedAt: timestamp.nullable(),
  changedBy: z.string().nullable(),
})

export const auditEntry = timelineEntry.extend({
  sequence: z.int(),
  objectType: z.string(),
  objectId: z.string(),
  objectLabel: z.string(),
})
export type AuditEntry = z.infer<typeof auditEntry>
const undelivered = delivery.pick({ id: true, what: true, channel: true, state: true, problem: true }).extend({
  deviceId: id,
  serial: z.string(),
  userId: id,
  userName: z.string(),
  at: timestamp,
})
export type Undelivered = z.infer<typeof undelivered>
export const home = z.object({
  devicesByState: z.record(z.string(), z.int()),
  expiringByWeek: z.array(z.object({ week: z.string(), count: z.int() })),
  failures: z.array(
    z.object({
      issuanceId: id,
      userId: id.nullable(),
      userName: z.string().nullable(),
      serial: z.string(),
      at: timestamp,
      what: z.string(),
    }),
  ),
  openIssuances: z.array(
    z.object({
      issuanceId: id,
      userId: id.nullable(),
      userName: z.string().nullable(),
      serial: z.string(),
      state: z.string(),
      since: timestamp,
    }),
  ),
  /** Null without `request.read`. */
  requests: requestCounts.nullable(),
  lossReports: z.array(lossReport),
  /** Letters and mails with a PIN or PUK that did not arrive and can be repeated (N-5): how many, and the newest of them. */
  undelivered: z.object({ total: z.int(), newest: z.array(undelivered) }),
  /** Wishes that a certificate authority could not take yet; they are tried until it does. */
  authorityBacklog: z.object({ waiting: z.int(), since: timestamp, lastError: z.string().nullable() }).nullable(),
})
export type Home = z.infer<typeof home>
const certificateAuthority = z.object({
  id: z.string(),
  name: z.string(),
  subject: z.string(),
  notAfter: timestamp,
  issued: z.int(),
  revoked: z.int(),
  onHold: z.int(),
  crlNumber: z.string(),
  crlThisUpdate: timestamp.nullable(),
  crlNextUpdate: timestamp.nullable(),
  crlUrl: z.string(),
  ocspUrl: z.string(),
  certificateUrl: z.string(),
})

export const administrationRoutes = {
  home: route({
    id: 'home',
    method: 'GET',
    path: '/api/home',
    tag: 'home',
    summary: 'The figures of the home page',
    access: 'device.read',
    answer: home,
  }),
  getSecuritySettings: route({
    id: 'getSecuritySettings',
    method: 'GET',
    path: '/api/settings/security',
    tag: 'settings',
    summary: 'Security settings',
    access: 'settings.read',
    answer: storedSettings,
  }),
  putSecuritySettings: route({
    id: 'putSecuritySettings',
    method: 'PUT',
    path: '/api/settings/security',
    tag: 'settings',
    summary: 'Change the security settings',
    access: 'settings.write',
    needsAllGroups: true,
    body: z.object({ version, settings: securitySettings }),
    answer: storedSettings,
  }),
  listAudit: route({
    id: 'listAudit',
    method: 'GET',
    path: '/api/audit',
    tag: 'audit',
    summary: 'Audit records, newest first',
    access: 'audit.read',
    query: page.extend({
      q: text(120).optional(),
      action: text(80).optional(),
      from: timestamp.optional(),
      to: timestamp.optional(),
    }),
    answer: pageOf(auditEntry),
  }),
  verifyAudit: route({
    id: 'verifyAudit',
    method: 'POST',
    path: '/api/audit/verify',
    tag: 'audit',
    summary: 'Check the chain of audit records',
    access: 'audit.read',
    answer: z.object({
      intact: z.boolean(),
      records: z.int(),
      firstBroken: z.int().nullable(),
      finding: z.string().nullable(),
    }),
  }),
  listAuthorities: route({
    id: 'listAuthorities',
    method: 'GET',
    path: '/api/certificate-authorities',
    tag: 'settings',
    summary: 'Certificate authorities',
    access: 'settings.read',
    answer: z.object({ rows: z.array(certificateAuthority) }),
  }),
}
