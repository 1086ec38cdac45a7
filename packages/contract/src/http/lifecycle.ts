import { z } from 'zod'
import { route } from '../route.ts'
import { timestamp, version } from '../vocabulary.ts'

const endReason = z.enum(['LOST', 'STOLEN', 'DAMAGED', 'EXPIRED', 'RENEW', 'UNASSIGNED'])
/** RFC 5280 §5.3.1; on hold is no end. */
const revocationReason = z.enum(['keyCompromise', 'superseded', 'cessationOfOperation', 'unspecified'])

export const lifecycleSettings = z.object({
  requestDays: z.int().min(1).max(365),
  /** true = the two may not be the same person. */
  separation: z.object({
    requesterApprover: z.boolean(),
    approverIssuer: z.boolean(),
    requesterIssuer: z.boolean(),
  }),
  /** R-19, by certificate authority. */
  revocationReasons: z.record(z.string().max(100), z.partialRecord(endReason, revocationReason)),
})
export type LifecycleSettings = z.infer<typeof lifecycleSettings>

const stored = z.object({
  version,
  settings: lifecycleSettings,
  changedAt: timestamp.nullable(),
  changedBy: z.string().nullable(),
})

export const lifecycleRoutes = {
  getLifecycleSettings: route({
    id: 'getLifecycleSettings',
    method: 'GET',
    path: '/api/settings/lifecycle',
    tag: 'settings',
    summary: 'Settings of requests and replacement',
    access: 'settings.read',
    answer: stored,
  }),
  putLifecycleSettings: route({
    id: 'putLifecycleSettings',
    method: 'PUT',
    path: '/api/settings/lifecycle',
    tag: 'settings',
    summary: 'Change the settings of requests and replacement',
    access: 'settings.write',
    needsAllGroups: true,
    body: z.object({ version, settings: lifecycleSettings }),
    answer: stored,
  }),
}
