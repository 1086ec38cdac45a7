import { randomBytes, randomUUID } from 'node:crypto'
import {
  type AuditFact,
  type CardLayout,
  type Credential,
  type Device,
  type DevicePolicy,
  type DeviceRequest,
  type Group,
  type Issuance,
  type LayoutProblem,
  noDelivery,
  type PrintJob,
  type User,
} from '@cardwright/core'

/** Midnight of 2026-01-01 UTC; tests need some time, not this one. */
export const aTime = 1_767_225_600_000

export const aUser = (change: Partial<User> = {}): User => {
  const id = change.id ?? randomUUID()
  return {
    id,
    version: 1,
    loginName: `user-${id}`,
    displayName: 'Ada Example',
    givenName: 'Ada',
    familyName: 'Example',
    email: null,
    upn: null,
    sid: null,
    employeeNumber: null,
    department: null,
    language: null,
    status: 'ACTIVE',
    role: null,
    groupIds: [],
    cardholderUuid: randomUUID(),
    createdAt: aTime,
    ...change,
  }
}

export const aGroup = (change: Partial<Group> = {}): Group => {
  const id = change.id ?? randomUUID()
  return { id, version: 1, name: `Group ${id}`, description: '', assignments: {}, layouts: {}, ...change }
}

export const aPolicy = (change: Partial<DevicePolicy> = {}): DevicePolicy => ({
  id: randomUUID(),
  version: 1,
  content: {
    name: 'Standard',
    description: '',
    slots: [
      {
        slot: '9A',
        profile: 'piv-authentication',
        algorithms: ['P-256'],
        pinPolicy: 'DEFAULT',
        touchPolicy: 'DEFAULT',
        validityDays: 365,
      },
    ],
    objects: { printedInformation: 'NO', securityObject: 'IF_POSSIBLE', discovery: 'IF_POSSIBLE' },
    pin: {
      rules: {
        minLength: 6,
        maxLength: 8,
        characters: 'DIGITS',
        maxRepeated: 2,
        maxSequence: 3,
        minDistinct: 3,
        forbidFactoryValues: true,
      },
      retries: 5,
      pukRetries: 5,
    },
    proofOfPossession: false,
    attestation: 'NO',
    keepManufacturerKey: false,
    validityDays: 365,
    approval: 'NONE',
    keyRecovery: 'NONE',
  },
  publishedAt: aTime,
  publishedBy: 'Somebody',
  note: 'first',
  retired: false,
  ...change,
})

/** A blank device that no store has seen. */
export const aDevice = (change: Partial<Device> = {}): Device => {
  const id = change.id ?? randomUUID()
  return {
    id,
    version: 0,
    identity: `serial:${id}`,
    serial: id.slice(0, 8),
    model: 'plain-piv',
    form: 'card',
    virtual: true,
    state: 'AVAILABLE',
    reason: 'NONE',
    suspended: false,
    temporary: false,
    requestId: null,
    invalidBy: null,
    userId: null,
    policyId: null,
    policyVersion: null,
    cardUuid: null,
    administrationKey: null,
    pendingAdministrationKey: null,
    keyVersion: 0,
    issuedAt: null,
    expiresAt: null,
    ...change,
  }
}

export const anIssuance = (deviceId: string, change: Partial<Issuance> = {}): Issuance => ({
  id: randomUUID(),
  version: 0,
  kind: 'ISSUE',
  type: 'INITIAL',
  requestId: null,
  replaces: null,
  state: 'RUNNING',
  attempt: 1,
  userId: null,
  deviceId,
  serial: '4711',
  readerId: 'virtual:1',
  readerName: 'Virtual reader 1',
  policyId: null,
  policyVersion: null,
  pinMode: 'DISGUISED',
  changePin: false,
  delivery: noDelivery,
  cardUuid: randomUUID(),
  credentialNumber: 123_456,
  expiresAt: aTime + 1000,
  cardTouched: false,
  keys: [],
  intents: [],
  pukTries: 0,
  steps: [],
  notes: [],
  error: null,
  lease: { owner: 'server-1', until: aTime + 60_000 },
  roundTrips: 0,
  startedBy: { kind: 'operator', id: 'o-1', label: 'Operator' },
  startedAt: aTime,
  endedAt: null,
  ...change,
})

const anOperator = { kind: 'operator', id: 'o-1', label: 'Operator' } as const

/** A loss report of the help desk, which is approved at once. */
export const aRequest = (userId: string, deviceId: string, change: Partial<DeviceRequest> = {}): DeviceRequest => ({
  id: randomUUID(),
  version: 0,
  type: 'REPLACEMENT',
  state: 'APPROVED',
  userId,
  deviceId,
  replacement: {
    reason: 'LOST',
    kind: 'PERMANENT',
    workflow: 'HELP_DESK_LOCAL',
    undo: { state: 'ISSUED', reason: 'NONE', suspended: false, held: [], behind: [] },
  },
  policyId: null,
  newDeviceId: null,
  issuanceId: null,
  note: '',
  requestedBy: anOperator,
  requestedAt: aTime,
  decidedBy: anOperator,
  decidedAt: aTime,
  decisionNote: '',
  changedBy: anOperator,
  changedAt: aTime,
  expiresAt: null,
  endedAt: null,
  ...change,
})

export const aPrintJob = (deviceId: string, userId: string, change: Partial<PrintJob> = {}): PrintJob => ({
  id: randomUUID(),
  version: 0,
  deviceId,
  serial: '4711',
  userId,
  layout: { id: randomUUID(), version: 1, name: 'Badge' },
  printer: { id: 'server:1', name: 'Front desk' },
  state: 'QUEUED',
  fault: null,
  print: 1,
  cancelledBy: null,
  lease: { owner: 'server-1', until: aTime + 60_000 },
  startedBy: anOperator,
  startedAt: aTime,
  endedAt: null,
  ...change,
})

export const aCredential = (deviceId: string, issuanceId: string, change: Partial<Credential> = {}): Credential => ({
  id: randomUUID(),
  version: 0,
  deviceId,
  issuanceId,
  slot: '9A',
  profile: 'piv-authentication',
  algorithm: 'P-256',
  state: 'ISSUED',
  revocationReason: null,
  authorityId: 'local',
  serialNumber: randomBytes(9).toString('hex').toUpperCase(),
  subject: 'CN=Ada Example',
  issuer: 'CN=Issuing CA',
  notBefore: aTime,
  notAfter: aTime + 86_400_000,
  certificate: Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x05),
  publicKeySpki: Uint8Array.of(0x30, 0x00),
  ...change,
})

export const aFact = (change: Partial<AuditFact> = {}): AuditFact => ({
  at: aTime,
  actor: { kind: 'operator', id: 'o-1', label: 'Operator' },
  action: 'device.issued',
  object: { type: 'device', id: 'd-1', label: '4711' },
  userId: null,
  deviceId: null,
  result: 'SUCCESS',
  reason: null,
  details: {},
  ...change,
})

export const aLayoutProblem = (change: Partial<LayoutProblem> = {}): LayoutProblem => ({
  side: 'FRONT',
  element: null,
  code: 'PICTURE_UNREADABLE',
  text: 'The picture cannot be read.',
  blocking: true,
  ...change,
})

export const aLayout = (change: Partial<CardLayout> = {}): CardLayout => ({
  id: randomUUID(),
  version: 1,
  content: {
    name: 'Badge',
    description: '',
    front: { background: '#ffffff', backgroundPicture: null, elements: [] },
    back: null,
    magneticStripe: 'NONE',
    chip: 'FRONT',
  },
  publishedAt: aTime,
  publishedBy: 'Olga Operator',
  note: '',
  retired: false,
  ...change,
})
