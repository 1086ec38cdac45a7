import { z } from 'zod'
import { route } from '../route.ts'
import { id, replacementKind, replacementReason, text, timestamp, version, workflow } from '../vocabulary.ts'
import { deliveryPlan } from './deliveries.ts'
import { device } from './devices.ts'
import { issuanceView } from './issuance.ts'
import { connectedDevice, reader } from './readers.ts'
import { requestView } from './requests.ts'

/**
 * What the person in front of a device may know of it. `standing` is null before a login: whose a device is, is told to
 * nobody but its user.
 */
export const standing = z.enum([
  /** Bound to this user, blank: to be issued. */
  'TO_ISSUE',
  /** Blank and nobody's; to be issued if users may bind. */
  'BLANK',
  'ACTIVE',
  /** This user's, but not to be used now: on hold, invalid, pending, terminated. */
  'NOT_USABLE',
  /** An issuance of this user is open on it. */
  'UNFINISHED',
  /** Somebody else's, or nothing that can be issued to this user. */
  'NOT_YOURS',
])
export const userReader = reader.pick({ id: true, name: true, busy: true }).extend({
  card: connectedDevice
    .omit({ known: true })
    .extend({ standing: standing.nullable(), deviceId: id.nullable() })
    .nullable(),
})
export type UserReader = z.infer<typeof userReader>
export const userReaderList = z.object({ readers: z.array(userReader), connected: z.boolean() })
export type UserReaderList = z.infer<typeof userReaderList>

export const selfIssuance = issuanceView
  .pick({
    id: true,
    state: true,
    serial: true,
    form: true,
    steps: true,
    progress: true,
    error: true,
    pinRules: true,
  })
  .extend({
    /** Its server fell silent; another one goes on with it as soon as the workstation is connected to it. */
    paused: z.boolean(),
    /** U-10: *Enable issuance retry for user*. */
    mayRetry: z.boolean(),
    /** What this user is told of a PIN that they do not choose themselves. */
    delivery: deliveryPlan,
  })
export type SelfIssuance = z.infer<typeof selfIssuance>

export const userDevice = device.pick({
  id: true,
  serial: true,
  model: true,
  form: true,
  state: true,
  reason: true,
  suspended: true,
  expiresAt: true,
  credentials: true,
})
export type UserDevice = z.infer<typeof userDevice>

/** How a request of one's own stands, for its user. */
export const ownRequest = requestView
  .pick({ id: true, version: true, type: true, state: true, reason: true, kind: true, workflow: true })
  .extend({
    /** The device that is replaced. */
    serial: z.string().nullable(),
    requestedAt: timestamp,
    /** Asked for by this user, not by the help desk. */
    own: z.boolean(),
    decisionNote: z.string(),
    endedAt: timestamp.nullable(),
    mayCancel: z.boolean(),
    /** What now: wait, come to a desk, or set up the new device here. */
    next: z.enum(['WAIT', 'COME', 'SET_UP', 'NOTHING']),
  })
export type OwnRequest = z.infer<typeof ownRequest>

const answersToSet = z.object({
  answers: z
    .array(z.object({ id, answer: text(200) }))
    .min(1)
    .max(10),
})
const place = { readerId: text(300), insertion: text(100) }
const done = z.object({})

export const userPortalRoutes = {
  userReaders: route({
    id: 'userReaders',
    method: 'GET',
    path: '/api/user/readers',
    tag: 'user portal',
    summary: 'Readers of this workstation and the devices in them',
    access: 'user:visit',
    answer: userReaderList,
  }),
  watchUserReaders: route({
    id: 'watchUserReaders',
    method: 'GET',
    path: '/api/user/readers/events',
    tag: 'user portal',
    summary: 'Readers and devices as they come and go',
    access: 'user:visit',
    stream: true,
    answer: userReaderList,
  }),
  userHome: route({
    id: 'userHome',
    method: 'GET',
    path: '/api/user/me',
    tag: 'user portal',
    summary: 'The user, their devices and certificates',
    access: 'user:self',
    answer: z.object({
      user: z.object({ id, displayName: z.string(), loginName: z.string() }),
      devices: z.array(userDevice),
      questionsSet: z.boolean(),
      answersSetAt: timestamp.nullable(),
      /** What this user has begun and not ended. An issuance that an operator began is no affair of the User portal. */
      openIssuance: z.object({ id, serial: z.string() }).nullable(),
      /** Open ones, and those that ended in the last 30 days; newest first. */
      requests: z.array(ownRequest),
    }),
  }),
  incidentOptions: route({
    id: 'incidentOptions',
    method: 'GET',
    path: '/api/user/incident-options',
    tag: 'user portal',
    summary: 'Which of the own devices can be reported, and as what',
    access: 'user:incident',
    answer: z.object({
      devices: z.array(
        userDevice.pick({ id: true, serial: true, model: true, form: true }).extend({
          version,
          temporary: z.boolean(),
          reasons: z.array(z.object({ reason: replacementReason, kind: replacementKind })),
          workflows: z.array(workflow),
          /** How long one that stands in for it works, at most. */
          temporaryDays: z.int(),
        }),
      ),
      /** Whether somebody has to approve a report (R-9, CardsRequestApproval). */
      needsApproval: z.boolean(),
    }),
  }),
  declareIncident: route({
    id: 'declareIncident',
    method: 'POST',
    path: '/api/user/incidents',
    tag: 'user portal',
    summary: 'Report a device as lost, stolen, damaged or forgotten (R-15); it stops working at once',
    access: 'user:incident',
    idempotent: true,
    body: z.object({ deviceId: id, version, reason: replacementReason, workflow, note: text(500).default('') }),
    answer: ownRequest,
  }),
  cancelOwnRequest: route({
    id: 'cancelOwnRequest',
    method: 'POST',
    path: '/api/user/requests/:id/cancel',
    tag: 'user portal',
    summary: 'Take an own request back; the device works again (R-4)',
    access: 'user:incident',
    params: z.object({ id }),
    body: z.object({ version }),
    answer: ownRequest,
  }),
  startSelfIssuance: route({
    id: 'startSelfIssuance',
    method: 'POST',
    path: '/api/user/issuances',
    tag: 'user portal',
    summary: 'Issue the device in a reader of this workstation to oneself (U-3)',
    access: 'user:issue',
    idempotent: true,
    body: z.object(place),
    answer: selfIssuance,
  }),
  getSelfIssuance: route({
    id: 'getSelfIssuance',
    method: 'GET',
    path: '/api/user/issuances/:id',
    tag: 'user portal',
    summary: 'State of an own issuance',
    access: 'user:issue',
    params: z.object({ id }),
    answer: selfIssuance,
  }),
  watchSelfIssuance: route({
    id: 'watchSelfIssuance',
    method: 'GET',
    path: '/api/user/issuances/:id/events',
    tag: 'user portal',
    summary: 'An own issuance as it goes on',
    access: 'user:issue',
    stream: true,
    params: z.object({ id }),
    answer: selfIssuance,
  }),
  retrySelfIssuance: route({
    id: 'retrySelfIssuance',
    method: 'POST',
    path: '/api/user/issuances/:id/retry',
    tag: 'user portal',
    summary: 'Try again with the same device (U-10)',
    access: 'user:issue',
    params: z.object({ id }),
    answer: selfIssuance,
  }),
  setOwnPin: route({
    id: 'setOwnPin',
    method: 'POST',
    path: '/api/user/issuances/:id/pin',
    tag: 'user portal',
    summary: "The user's own PIN at the end (U-9); `kept` names it at the workstation",
    access: 'user:issue',
    params: z.object({ id }),
    body: z.object({ kept: z.uuid() }),
    answer: selfIssuance,
  }),
  myQuestions: route({
    id: 'myQuestions',
    method: 'GET',
    path: '/api/user/questions',
    tag: 'user portal',
    summary: 'The catalogue of security questions, and how many are to be answered',
    access: 'user:self',
    answer: z.object({
      catalogue: z.array(z.object({ id, text: z.string() })),
      needed: z.int(),
      minAnswerLength: z.int(),
      /** Which ones are answered; the answers are never told. */
      chosen: z.array(id),
    }),
  }),
  setFirstAnswers: route({
    id: 'setFirstAnswers',
    method: 'POST',
    path: '/api/user/answers',
    tag: 'user portal',
    summary: 'Set the answers where none are set, or a Help desk has reset them (U-5, U-8)',
    access: 'user:self',
    body: answersToSet,
    answer: done,
  }),
  changeAnswers: route({
    id: 'changeAnswers',
    method: 'PUT',
    path: '/api/user/answers',
    tag: 'user portal',
    summary: 'Change questions and answers (U-13)',
    access: 'user:change-answers',
    body: answersToSet,
    answer: done,
  }),
  changeOwnPin: route({
    id: 'changeOwnPin',
    method: 'POST',
    path: '/api/user/devices/:id/pin',
    tag: 'user portal',
    summary: 'Change the PIN (U-13); `kept` names the old and the new one at the workstation',
    access: 'user:change-pin',
    params: z.object({ id }),
    body: z.object({ ...place, kept: z.uuid() }),
    answer: done,
  }),
  unlockOwnPin: route({
    id: 'unlockOwnPin',
    method: 'POST',
    path: '/api/user/devices/:id/unlock',
    tag: 'user portal',
    summary: 'Unlock the own device with a new PIN (U-13); `kept` names it at the workstation',
    access: 'user:unlock',
    params: z.object({ id }),
    body: z.object({ ...place, kept: z.uuid() }),
    answer: done,
  }),
  unlockRules: route({
    id: 'unlockRules',
    method: 'GET',
    path: '/api/user/devices/:id/pin-rules',
    tag: 'user portal',
    summary: "The PIN rules of an own device's policy",
    access: 'user:self',
    params: z.object({ id }),
    answer: z.object({ rules: issuanceView.shape.pinRules }),
  }),
}
