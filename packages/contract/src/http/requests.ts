import { z } from 'zod'
import { route } from '../route.ts'
import {
  deviceReason,
  deviceState,
  id,
  page,
  pageOf,
  replacementKind,
  replacementReason,
  requestState,
  requestType,
  terminationReason,
  text,
  timestamp,
  version,
  workflow,
} from '../vocabulary.ts'
import { timelineEntry } from './people.ts'

/** A device as a request names it. */
const requestDevice = z.object({
  id,
  serial: z.string(),
  model: z.string(),
  form: z.enum(['card', 'key', 'phone']),
  state: deviceState,
  reason: deviceReason,
  temporary: z.boolean(),
})

/** What may be done with a request now by this operator; a disabled action carries its reason as text. */
export const requestAction = z.object({
  action: z.enum(['approve', 'deny', 'cancel', 'issue', 'bind']),
  allowed: z.boolean(),
  reason: z.string().optional(),
})

export const requestView = z.object({
  id,
  version,
  type: requestType,
  state: requestState,
  user: z.object({ id, displayName: z.string() }),
  /** The target of a replacement. */
  device: requestDevice.nullable(),
  /** Only of a replacement; so are `kind` and `workflow`. */
  reason: replacementReason.nullable(),
  kind: replacementKind.nullable(),
  workflow: workflow.nullable(),
  /** ISSUANCE: what is approved. */
  policy: z.object({ id, name: z.string() }).nullable(),
  /** Bound for it, being issued, or issued. */
  newDevice: requestDevice.nullable(),
  issuanceId: id.nullable(),
  note: z.string(),
  requestedBy: z.object({ kind: z.enum(['operator', 'user', 'system']), id: z.string(), label: z.string() }),
  requestedAt: timestamp,
  decidedBy: z.string().nullable(),
  decidedAt: timestamp.nullable(),
  decisionNote: z.string(),
  changedBy: z.string(),
  changedAt: timestamp,
  expiresAt: timestamp.nullable(),
  endedAt: timestamp.nullable(),
  actions: z.array(requestAction),
})
export type RequestView = z.infer<typeof requestView>

/** TO_APPROVE: PENDING_APPROVAL. TO_ISSUE: APPROVED, EXECUTING, FAILED. ENDED: the history. */
export const requestQueue = z.enum(['TO_APPROVE', 'TO_ISSUE', 'ENDED', 'ALL'])

export const requestCounts = z.object({
  toApprove: z.int(),
  toIssue: z.int(),
  executing: z.int(),
  failed: z.int(),
  /** Open ones for a lost or stolen device. */
  lossReports: z.int(),
})
export type RequestCounts = z.infer<typeof requestCounts>

const why = z.object({ code: z.string(), text: z.string() })
/** What can be asked for a device: told when the request is made. */
export const replacementOptions = z.object({
  reasons: z.array(
    z.object({
      reason: replacementReason,
      kind: replacementKind,
      allowed: z.boolean(),
      why: why.optional(),
      /** The user's policies for this kind of issuance, and whether each may replace this device. */
      policies: z.array(z.object({ id, name: z.string(), fits: z.boolean(), why: why.optional() })),
    }),
  ),
  workflows: z.array(z.object({ workflow, allowed: z.boolean(), why: why.optional() })),
  /** The one that will be the target: a temporary device stands in for a forgotten one. */
  target: requestDevice,
  /** How long the device that stands in for a forgotten one works, at most (N-3). */
  temporaryDays: z.int(),
})
export type ReplacementOptions = z.infer<typeof replacementOptions>

const note = text(500).default('')
const decided = z.object({ version, note })

/** A loss report whose certificates are not all revoked yet (R-19, FIPS 201-3 §2.9.1). */
export const lossReport = z.object({
  requestId: id.nullable(),
  userId: id.nullable(),
  userName: z.string().nullable(),
  deviceId: id,
  serial: z.string(),
  reason: z.enum(['LOST', 'STOLEN']),
  reportedAt: timestamp,
  /** Eighteen hours later. */
  dueAt: timestamp,
  /** Certificates that the CA has not revoked yet; `onHold` of them are on hold. */
  notRevoked: z.int(),
  onHold: z.int(),
})
export type LossReport = z.infer<typeof lossReport>

export const requestRoutes = {
  listRequests: route({
    id: 'listRequests',
    method: 'GET',
    path: '/api/requests',
    tag: 'requests',
    summary: 'Requests: the queues and the history',
    access: 'request.read',
    aboutQuery: { user: 'user', device: 'device' },
    query: page.extend({
      queue: requestQueue.default('ALL'),
      type: requestType.optional(),
      state: requestState.optional(),
      reason: replacementReason.optional(),
      workflow: workflow.optional(),
      user: id.optional(),
      device: id.optional(),
      q: text(120).optional(),
      sort: z.enum(['requestedAt', '-requestedAt', 'user', '-user']).default('requestedAt'),
    }),
    answer: pageOf(requestView),
  }),
  requestCounts: route({
    id: 'requestCounts',
    method: 'GET',
    path: '/api/request-counts',
    tag: 'requests',
    summary: 'How many requests wait in each queue',
    access: 'request.read',
    answer: requestCounts,
  }),
  getRequest: route({
    id: 'getRequest',
    method: 'GET',
    path: '/api/requests/:id',
    tag: 'requests',
    summary: 'One request',
    access: 'request.read',
    params: z.object({ id }),
    about: 'request',
    answer: requestView,
  }),
  requestTimeline: route({
    id: 'requestTimeline',
    method: 'GET',
    path: '/api/requests/:id/timeline',
    tag: 'requests',
    summary: 'What happened to a request and its devices',
    access: 'request.read',
    params: z.object({ id }),
    about: 'request',
    query: page,
    answer: pageOf(timelineEntry),
  }),
  approveRequest: route({
    id: 'approveRequest',
    method: 'POST',
    path: '/api/requests/:id/approve',
    tag: 'requests',
    summary: 'Approve a request',
    access: 'request.approve',
    params: z.object({ id }),
    about: 'request',
    body: decided,
    answer: requestView,
  }),
  denyRequest: route({
    id: 'denyRequest',
    method: 'POST',
    path: '/api/requests/:id/deny',
    tag: 'requests',
    summary: 'Deny a request; a replaced device is restored (R-9)',
    access: 'request.approve',
    params: z.object({ id }),
    about: 'request',
    body: z.object({ version, note: text(500).min(1) }),
    answer: requestView,
  }),
  cancelRequest: route({
    id: 'cancelRequest',
    method: 'POST',
    path: '/api/requests/:id/cancel',
    tag: 'requests',
    summary: 'Cancel a request; a replaced device is restored (R-4)',
    access: 'request.cancel',
    params: z.object({ id }),
    about: 'request',
    body: decided,
    answer: requestView,
  }),
  replacementOptions: route({
    id: 'replacementOptions',
    method: 'GET',
    path: '/api/devices/:id/replacement-options',
    tag: 'requests',
    summary: 'How a device can be replaced, and by which policies',
    access: 'request.create',
    params: z.object({ id }),
    about: 'device',
    answer: replacementOptions,
  }),
  requestReplacement: route({
    id: 'requestReplacement',
    method: 'POST',
    path: '/api/devices/:id/replacements',
    tag: 'requests',
    summary: 'Declare an incident: the device becomes invalid, its credentials go on hold (R-3)',
    access: 'request.create',
    idempotent: true,
    params: z.object({ id }),
    about: 'device',
    body: z.object({ version, reason: replacementReason, workflow, note }),
    answer: requestView,
  }),
  requestIssuance: route({
    id: 'requestIssuance',
    method: 'POST',
    path: '/api/users/:id/issuance-requests',
    tag: 'requests',
    summary: 'Ask for an initial issuance that needs approval',
    access: 'request.create',
    idempotent: true,
    params: z.object({ id }),
    about: 'user',
    body: z.object({ policyId: id, note }),
    answer: requestView,
  }),
  /** Which policies of the user need approval, and whether there is an open request already. */
  issuanceRequestOptions: route({
    id: 'issuanceRequestOptions',
    method: 'GET',
    path: '/api/users/:id/issuance-request-options',
    tag: 'requests',
    summary: 'Policies of a user that are issued after approval only',
    access: 'request.create',
    params: z.object({ id }),
    about: 'user',
    answer: z.object({
      policies: z.array(z.object({ id, name: z.string(), description: z.string(), openRequestId: id.nullable() })),
      /** Whether a request for them waits for somebody (CardsRequestApproval). */
      needsApproval: z.boolean(),
    }),
  }),
  terminateUserDevices: route({
    id: 'terminateUserDevices',
    method: 'POST',
    path: '/api/users/:id/terminate-devices',
    tag: 'requests',
    summary: 'Terminate all devices of a user and cancel the open requests',
    access: 'device.terminate',
    params: z.object({ id }),
    about: 'user',
    body: z.object({
      reason: terminationReason,
      note,
      /** All of them as the operator saw them. */
      devices: z.array(z.object({ id, version })).min(1).max(100),
    }),
    answer: z.object({ terminated: z.int(), cancelled: z.int() }),
  }),
  identityQuestions: route({
    id: 'identityQuestions',
    method: 'GET',
    path: '/api/users/:id/identity-questions',
    tag: 'requests',
    summary: 'The security questions that a caller can be asked',
    access: 'user.verify',
    params: z.object({ id }),
    about: 'user',
    answer: z.object({
      questions: z.array(z.object({ id, text: z.string() })),
      /** Wrong tries are counted with those at the User portal (U-8). */
      locked: z.boolean(),
      lastChecked: z.object({ at: timestamp, by: z.string() }).nullable(),
    }),
  }),
  checkIdentity: route({
    id: 'checkIdentity',
    method: 'POST',
    path: '/api/users/:id/identity-checks',
    tag: 'requests',
    summary: "Check a caller's identity by the answers; tells right or wrong and never which",
    access: 'user.verify',
    params: z.object({ id }),
    about: 'user',
    body: z.object({
      answers: z
        .array(z.object({ id, answer: text(200) }))
        .min(1)
        .max(10),
    }),
    answer: z.object({ right: z.boolean(), locked: z.boolean() }),
  }),
}
