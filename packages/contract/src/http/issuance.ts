import { z } from 'zod'
import { route } from '../route.ts'
import { actionType, id, issuanceType, pinDisplayMode, readerPlace, text, timestamp, version } from '../vocabulary.ts'
import { deliveryPlan } from './deliveries.ts'
import { pinRules, planStep } from './policies.ts'
import { pin, typedNewPin } from './typed-pin.ts'
import { initialPassword } from './user-administration.ts'

export const policyOption = z.object({
  id,
  version,
  name: z.string(),
  description: z.string(),
  fits: z.boolean(),
  /** Validated issuance: needs an approved request; null where it does not. */
  approval: z.enum(['NEEDED', 'GIVEN']).nullable(),
  /** Why it does not fit the card (I-3). */
  reasons: z.array(z.object({ code: z.string(), text: z.string() })),
  /** What it will put on the card, for a person. */
  contents: z.array(planStep),
  pinRules,
})

export const issuanceOptions = z.object({
  actions: z.array(z.object({ action: actionType, allowed: z.boolean(), reason: z.string().optional() })),
  policies: z.array(policyOption),
  /** Whether a request for a policy whose `approval` is NEEDED waits for somebody (CardsRequestApproval). */
  needsApproval: z.boolean(),
  pin: z.object({
    displayMode: pinDisplayMode,
    changeDuringIssuance: z.boolean(),
    /** Of an issuance by these settings. */
    delivery: deliveryPlan,
  }),
})
export type IssuanceOptions = z.infer<typeof issuanceOptions>

export const issuanceError = z.object({
  code: z.string(),
  /** What happened. */
  what: z.string(),
  /** At which step. */
  step: z.string(),
  /** What now. */
  advice: z.string(),
  /** Technical facts for support (status word, command); never a secret. */
  details: z.record(z.string(), z.union([z.string(), z.number()])),
  at: timestamp,
})

/** `RUNNING` → `WAITING_FOR_PIN` → `RUNNING` → `COMPLETED`, or `FAILED` → retry or cancel. */
export const issuanceView = z.object({
  id,
  kind: z.enum(['ISSUE', 'PRODUCE', 'ASSIGN', 'RECYCLE']),
  state: z.enum(['RUNNING', 'WAITING_FOR_PIN', 'COMPLETED', 'FAILED', 'CANCELLED']),
  attempt: z.int(),
  userId: id.nullable(),
  userName: z.string().nullable(),
  deviceId: id.nullable(),
  serial: z.string(),
  form: z.enum(['card', 'key', 'phone']),
  readerName: z.string(),
  /** Where its reader is: at a workstation, the holder's PIN stays there. */
  where: readerPlace,
  policy: z.object({ id, version, name: z.string() }).nullable(),
  steps: z.array(planStep.extend({ state: z.enum(['PENDING', 'RUNNING', 'DONE', 'FAILED']) })),
  /** 0…1. */
  progress: z.number().min(0).max(1),
  error: issuanceError.nullable(),
  /** Rules for the new PIN while WAITING_FOR_PIN. */
  pinRules: pinRules.nullable(),
  notes: z.array(z.object({ code: z.string(), text: z.string() })),
  roundTrips: z.int(),
  startedAt: timestamp,
  endedAt: timestamp.nullable(),
})
export type IssuanceView = z.infer<typeof issuanceView>

export const issuanceRoutes = {
  issuanceOptions: route({
    id: 'issuanceOptions',
    method: 'GET',
    path: '/api/users/:id/issuance-options',
    tag: 'issuance',
    summary: 'What can be issued to this user on the card in a reader',
    access: 'device.read',
    about: 'user',
    aboutQuery: { readerId: 'reader', requestId: 'request' },
    params: z.object({ id }),
    query: z.object({
      readerId: text(300),
      type: issuanceType.default('INITIAL'),
      /** The request that is to be executed; the type follows from it. */
      requestId: id.optional(),
    }),
    answer: issuanceOptions,
  }),
  startIssuance: route({
    id: 'startIssuance',
    method: 'POST',
    path: '/api/issuances',
    tag: 'issuance',
    summary: 'Issue, produce or assign a device',
    access: 'device.issue',
    aboutBody: { userId: 'user', readerId: 'reader', requestId: 'request' },
    idempotent: true,
    body: z.object({
      userId: id,
      readerId: text(300),
      insertion: text(100),
      action: actionType,
      type: issuanceType.default('INITIAL'),
      policyId: id.optional(),
      policyVersion: version.optional(),
      pin: pin.optional(),
      requestId: id.optional(),
    }),
    answer: issuanceView,
  }),
  assignDevice: route({
    id: 'assignDevice',
    method: 'POST',
    path: '/api/assignments',
    tag: 'issuance',
    summary: 'Bind the card in a reader to a user without writing to it',
    access: 'device.assign',
    aboutBody: { userId: 'user', readerId: 'reader', requestId: 'request' },
    idempotent: true,
    body: z.object({
      userId: id,
      readerId: text(300),
      insertion: text(100),
      /** Bind with an initial password for self-issuance. */
      initialPassword: z.boolean().default(false),
      /** Bind it for this replacement by self-enrolment. */
      requestId: id.optional(),
    }),
    answer: z.object({ deviceId: id, initialPassword: initialPassword.nullable() }),
  }),
  getIssuance: route({
    id: 'getIssuance',
    method: 'GET',
    path: '/api/issuances/:id',
    tag: 'issuance',
    summary: 'State of an issuance',
    access: 'device.read',
    about: 'issuance',
    params: z.object({ id }),
    answer: issuanceView,
  }),
  watchIssuance: route({
    id: 'watchIssuance',
    method: 'GET',
    path: '/api/issuances/:id/events',
    tag: 'issuance',
    summary: 'An issuance as it goes on',
    access: 'device.read',
    about: 'issuance',
    stream: true,
    params: z.object({ id }),
    answer: issuanceView,
  }),
  retryIssuance: route({
    id: 'retryIssuance',
    method: 'POST',
    path: '/api/issuances/:id/retry',
    tag: 'issuance',
    summary: 'Retry with the same device, policy and PIN',
    /** Besides: device.issue, or device.recycle where a recycle is retried. */
    access: 'device.read',
    about: 'issuance',
    aboutBody: { readerId: 'reader' },
    params: z.object({ id }),
    body: z.object({ readerId: text(300).optional() }),
    answer: issuanceView,
  }),
  cancelIssuance: route({
    id: 'cancelIssuance',
    method: 'POST',
    path: '/api/issuances/:id/cancel',
    tag: 'issuance',
    summary: 'Give up: unbind the device, revoke what was issued',
    /** Besides: device.issue, or device.recycle where a recycle is given up. */
    access: 'device.read',
    about: 'issuance',
    params: z.object({ id }),
    answer: issuanceView,
  }),
  setHolderPin: route({
    id: 'setHolderPin',
    method: 'POST',
    path: '/api/issuances/:id/holder-pin',
    tag: 'issuance',
    summary: "The holder's new PIN at the end of an issuance; goes to the card, is not stored",
    access: 'device.issue',
    about: 'issuance',
    params: z.object({ id }),
    body: typedNewPin,
    answer: issuanceView,
  }),
  startRecycle: route({
    id: 'startRecycle',
    method: 'POST',
    path: '/api/recycles',
    tag: 'issuance',
    summary: 'Put the card in a reader back to blank',
    access: 'device.recycle',
    aboutBody: { readerId: 'reader' },
    idempotent: true,
    body: z.object({ readerId: text(300), insertion: text(100) }),
    answer: issuanceView,
  }),
}
