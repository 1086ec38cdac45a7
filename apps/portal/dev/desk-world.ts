import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { type PredefinedRole, type RequestView, rolePermissions } from '@cardwright/contract'
import type { BrowserContext } from 'playwright-core'
import { options } from './look.ts'
import { longNames, uuid } from './made-up.ts'

/** Answers by "METHOD path", or by the start of one that ends with `*`; the longest that fits counts. A pair is a status and a body. */
export type Answers = Record<string, object | readonly [number, object]>

export const host = 'http://localhost:8498'
const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()
export const inHours = (hours: number) => ago(-hours)

export const user = { id: uuid(7), displayName: longNames[0] as string }
const step = { policy: { id: uuid(4), version: 2, name: 'Staff, PIV, P-256' } }

export const device = (n: number, more: object = {}) => ({
  id: uuid(30 + n),
  version: 3,
  serial: `2219252${n}`,
  model: n % 2 ? 'YubiKey 5 NFC' : 'Plain PIV smart card',
  form: n % 2 ? 'key' : 'card',
  virtual: false,
  state: 'ISSUED',
  reason: 'NONE',
  suspended: false,
  temporary: false,
  openRequestId: null,
  user,
  ...step,
  cardUuid: null,
  issuedAt: ago(24 * 90),
  expiresAt: inHours(24 * 900),
  credentials: (['9A', '9C', '9D', '9E'] as const).map((slot, at) => ({
    id: uuid(60 + 4 * n + at),
    slot,
    profile: ['piv-authentication', 'digital-signature', 'key-management', 'card-authentication'][at],
    algorithm: 'P-256',
    state: 'ISSUED',
    serialNumber: '01AB',
    subject: 'CN=x',
    issuer: 'CN=y',
    notBefore: ago(24 * 90),
    notAfter: inHours(24 * 900),
  })),
  openIssuanceId: null,
  actions: [
    { action: 'replace', allowed: true },
    { action: 'suspend', allowed: true },
    { action: 'unlock', allowed: true },
    { action: 'terminate', allowed: true },
    { action: 'activate', allowed: false, reason: 'Only a Pending device is activated.' },
  ],
  ...more,
})

/** A device as a request names it. */
const named = (n: number, more: object = {}): NonNullable<RequestView['device']> => {
  const { id, serial, model, form, state, reason, temporary } = device(n, more)
  return { id, serial, model, form, state, reason, temporary } as NonNullable<RequestView['device']>
}
export const invalid = (reason: string) => named(1, { state: 'INVALID', reason })

export const request = (n: number, more: Partial<RequestView> = {}): RequestView => ({
  id: uuid(500 + n),
  version: 2,
  type: 'REPLACEMENT',
  state: 'PENDING_APPROVAL',
  user,
  device: invalid('LOST'),
  reason: 'LOST',
  kind: 'PERMANENT',
  workflow: 'USER_SELF',
  policy: null,
  newDevice: null,
  issuanceId: null,
  note: 'I left it on the train to Østerport on Monday evening; the lost property office does not have it.',
  requestedBy: { kind: 'user', id: user.id, label: user.displayName },
  requestedAt: ago(20),
  decidedBy: null,
  decidedAt: null,
  decisionNote: '',
  changedBy: user.displayName,
  changedAt: ago(20),
  expiresAt: null,
  endedAt: null,
  actions: [
    { action: 'approve', allowed: true },
    { action: 'deny', allowed: true },
    { action: 'cancel', allowed: true },
    { action: 'issue', allowed: false, reason: 'The request is not approved yet.' },
    { action: 'bind', allowed: false, reason: 'The request is not approved yet.' },
  ],
  ...more,
})

const kinds: readonly Partial<RequestView>[] = [
  {},
  { reason: 'STOLEN', requestedAt: ago(3), note: '' },
  {
    reason: 'FORGOTTEN',
    kind: 'TEMPORARY',
    workflow: 'HELP_DESK_LOCAL',
    requestedAt: ago(0.4),
    device: invalid('FORGOTTEN'),
  },
  { reason: 'DAMAGED', workflow: 'USER_LOCAL', requestedAt: ago(70), device: invalid('DAMAGED') },
  {
    type: 'ISSUANCE',
    device: null,
    reason: null,
    kind: null,
    workflow: null,
    policy: { id: uuid(4), name: 'Board members, PIV, RSA-3072' },
    requestedBy: { kind: 'operator', id: uuid(8), label: 'Björn Åberg' },
    actions: [
      {
        action: 'approve',
        allowed: false,
        reason: 'You are the requester of this request, and another person has to do this.',
      },
      {
        action: 'deny',
        allowed: false,
        reason: 'You are the requester of this request, and another person has to do this.',
      },
    ],
  },
]
export const manyRequests = (count: number, more: (n: number) => Partial<RequestView> = () => ({})) => ({
  rows: Array.from({ length: Math.min(count, 50) }, (_, n) =>
    request(n, {
      ...kinds[n % kinds.length],
      user: { id: uuid(n), displayName: longNames[n % 6] ?? `Person Number ${n}` },
      ...more(n),
    }),
  ),
  total: count,
  ...(count > 50 ? { next: 'more' } : {}),
})

export const person = {
  ...user,
  version: 1,
  loginName: 'maximiliane.ahrenfeld',
  email: 'maximiliane-henriette.freifrau.von.aehrenfeld@subsidiary.example.org',
  groupIds: [],
  groups: [{ id: uuid(3), name: 'Engineering and facility management, building 7' }],
  status: 'ACTIVE',
  role: null,
  deviceCount: 2,
  createdAt: ago(9_000),
}

const why = (text: string) => ({ code: 'X', text })
const fitting = [
  { id: uuid(4), name: 'Staff, PIV, P-256', fits: true },
  {
    id: uuid(5),
    name: 'Staff, recovered keys',
    fits: false,
    why: why('The policy puts the keys of the old device on the new one without revoking them; not after a loss.'),
  },
]
export const replacementOptions = (policies: readonly object[] = fitting) => ({
  reasons: (['LOST', 'STOLEN', 'DAMAGED', 'EXPIRED', 'FORGOTTEN', 'RENEW'] as const).map(reason => ({
    reason,
    kind: reason === 'FORGOTTEN' ? 'TEMPORARY' : 'PERMANENT',
    allowed: reason !== 'EXPIRED',
    ...(reason === 'EXPIRED' ? { why: why('It is valid until 9 May 2029.') } : {}),
    policies,
  })),
  workflows: [
    { workflow: 'HELP_DESK_LOCAL', allowed: true },
    { workflow: 'HELP_DESK_SELF', allowed: true },
    { workflow: 'HELP_DESK_REMOTE', allowed: false, why: why('Remote issuance is for mobile smart cards only.') },
  ],
  target: named(1),
  temporaryDays: 14,
})

const pinRules = {
  minLength: 6,
  maxLength: 8,
  characters: 'DIGITS',
  maxRepeated: 2,
  maxSequence: 3,
  minDistinct: 4,
  forbidFactoryValues: true,
}
const policyOption = (n: number, name: string, more: object = {}) => ({
  id: uuid(n),
  version: 1,
  name,
  description: 'Four certificates, as everybody at the head office has them.',
  fits: true,
  approval: null,
  reasons: [],
  contents: [{ key: 'generate-key', params: { slot: '9A' } }],
  pinRules,
  ...more,
})
const inReader = (n: number, known: object | null) => ({
  id: `r${n}`,
  name: n === 1 ? 'ACS ACR39U ICC Reader 00 00' : 'Yubico YubiKey OTP+FIDO+CCID 01 00',
  virtual: false,
  where: 'SERVER',
  busy: false,
  card: {
    serial: `2219252${n}`,
    model: n === 1 ? 'YubiKey 5 NFC' : 'Plain PIV smart card',
    form: n === 1 ? 'key' : 'card',
    insertion: `i${n}`,
    known,
    problem: null,
  },
})

export const counts = { toApprove: 12, toIssue: 5, executing: 1, failed: 2, lossReports: 3 }
export const quietHome = {
  devicesByState: { ISSUED: 1_204, INVALID: 6, TERMINATED: 33 },
  expiringByWeek: [],
  failures: [],
  openIssuances: [],
  requests: counts,
  lossReports: [],
  undelivered: { total: 0, newest: [] },
  authorityBacklog: null,
}
const timeline = (action: string, hours: number, details: object = {}, actor = 'Björn Åberg') => ({
  id: action,
  at: ago(hours),
  actor,
  action,
  result: 'SUCCESS',
  details,
})

/** What the server answers, for an operator of this role. */
export const answersFor = (role: PredefinedRole): Answers => ({
  'GET /api/session': {
    operator: {
      id: uuid(8),
      displayName: 'Björn Åberg',
      loginName: 'bjorn',
      role: { id: role, name: role.toLowerCase().replace('_', ' ') },
    },
    permissions: rolePermissions[role],
    scope: 'ALL',
    csrfToken: 'made-up',
    expiresAt: inHours(8),
    organisation: 'Cardwright Demo Organisation',
    demo: false,
    warnings: [],
  },
  'GET /api/home': quietHome,
  'GET /api/request-counts': counts,
  'GET /api/requests': manyRequests(12),
  'GET /api/requests/*': request(0),
  'GET /api/requests/timeline': {
    rows: [
      timeline(
        'request.created',
        20,
        { type: 'REPLACEMENT', workflow: 'USER_SELF', temporary: false },
        user.displayName,
      ),
      timeline('device.invalidated', 20, { credentials: 4, temporary: false }, user.displayName),
    ],
    total: 2,
  },
  'GET /api/readers': {
    readers: [inReader(1, { deviceId: uuid(31), state: 'INVALID', reason: 'LOST', user }), inReader(2, null)],
    pcsc: { available: true },
    workstation: false,
  },
  [`GET /api/users/${user.id}`]: person,
  [`GET /api/users/${user.id}/devices`]: {
    rows: [
      device(1, {
        state: 'INVALID',
        reason: 'FORGOTTEN',
        openRequestId: null,
        credentials: device(1).credentials.map(c => ({ ...c, state: 'ON_HOLD' })),
      }),
      device(2, { temporary: true, openRequestId: uuid(500) }),
    ],
  },
  [`GET /api/users/${user.id}/timeline`]: { rows: [], total: 0 },
  [`GET /api/users/${user.id}/logins`]: { initialPasswords: [], questionsSetAt: ago(2_000), locked: [] },
  [`GET /api/users/${user.id}/identity-questions`]: {
    questions: [
      'What was the name of your first pet?',
      'In which town did your mother’s parents meet each other for the first time, as far as you know?',
      '子供の頃に一番好きだった本の題名は何ですか。',
    ].map((text, n) => ({ id: uuid(70 + n), text })),
    locked: false,
    lastChecked: { at: ago(0.2), by: 'Carmen Ortiz Peña' },
  },
  [`POST /api/users/${user.id}/identity-checks`]: { right: false, locked: false },
  [`GET /api/users/${user.id}/issuance-request-options`]: {
    policies: [
      { id: uuid(4), name: 'Board members, PIV, RSA-3072', description: 'With the longest keys.', openRequestId: null },
      { id: uuid(5), name: 'Key holders', description: '', openRequestId: uuid(501) },
    ],
    needsApproval: true,
  },
  [`GET /api/users/${user.id}/issuance-options`]: {
    actions: [
      { action: 'ISSUE', allowed: true },
      { action: 'ASSIGN', allowed: true },
      { action: 'PRODUCE', allowed: true },
    ],
    policies: [
      policyOption(4, 'Board members, PIV, RSA-3072', { approval: 'NEEDED' }),
      policyOption(5, 'Key holders', { approval: 'GIVEN' }),
      policyOption(6, 'Staff, PIV, P-256'),
    ],
    needsApproval: true,
    pin: { displayMode: 'NOT_DISPLAYED', changeDuringIssuance: false, delivery: { pin: 'PRINT', puk: null } },
  },
  'GET /api/devices/*': device(1),
  'GET /api/devices/timeline': { rows: [], total: 0 },
  'GET /api/devices/replacement-options': replacementOptions(),
  'GET /api/devices': { rows: [1, 2, 3].map(n => device(n, { temporary: n === 2 })), total: 3 },
  'GET /api/search': {
    hits: [
      { kind: 'user', id: user.id, title: user.displayName, subtitle: 'maximiliane.ahrenfeld · Engineering' },
      {
        kind: 'device',
        id: uuid(31),
        title: '22192521',
        subtitle: `YubiKey 5 NFC · ${user.displayName}`,
        state: 'ISSUED',
      },
    ],
  },
})

const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }

/** The last part of a path that names an object's part, as in `/api/requests/<id>/timeline`. */
const part = (path: string) => path.replace(/\/[0-9a-f-]{36}\//, '/')
const starred = (path: string) => path.replace(/\/[0-9a-f-]{36}$/, '/*')

/** All that the pages ask for comes from the build and from `answers`; nothing reaches a network. */
export const stage = (context: BrowserContext, answers: () => Answers): Promise<unknown> =>
  context.route(`${host}/**`, async route => {
    const path = new URL(route.request().url()).pathname
    if (path.startsWith('/assets/') || path === '/favicon.svg') {
      const file = join(options.dist, path)
      if (!existsSync(file)) return route.abort()
      return route.fulfill({ body: await readFile(file), contentType: types[extname(path)] ?? 'text/plain' })
    }
    if (!path.startsWith('/api/')) {
      return route.fulfill({ body: await readFile(join(options.dist, 'index.html')), contentType: 'text/html' })
    }
    const all = answers()
    const method = route.request().method()
    const found = [path, part(path), starred(path)].map(p => all[`${method} ${p}`]).find(a => a !== undefined)
    if (found === undefined)
      return route.fulfill({ status: 404, json: { code: 'NOT_FOUND', detail: `No answer to ${method} ${path}` } })
    if (Array.isArray(found)) return route.fulfill({ status: found[0], json: found[1] })
    return route.fulfill({ json: found })
  })
