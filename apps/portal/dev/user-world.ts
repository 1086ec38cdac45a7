import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { BrowserContext, Route } from 'playwright-core'
import { options } from './look.ts'

/** Everything that stands behind the User portal's pages, made up: the server's answers, and a computer with a client. */
export type World = {
  door: object
  session: object
  home: object
  readers: unknown
  issuance: object | null
  questions: object
  rules: object
  /** What can be reported, and the request that a report or taking back becomes. */
  offer: object
  request: object
  /** Answers of single routes, by "METHOD path": a status and a body. */
  refusals: Record<string, readonly [number, object]>
  computer: { extension: string | null; client: string | null }
}

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
export const deviceId = uuid(3)
export const issuanceId = uuid(1)
export const longName = 'Dr. Maximiliane-Henriette Freifrau von Ährenfeld-Öttingen 山田'

const pinRules = {
  minLength: 6,
  maxLength: 8,
  characters: 'DIGITS',
  maxRepeated: 2,
  maxSequence: 3,
  minDistinct: 4,
  forbidFactoryValues: true,
}

export const session = (service: string | null, more: object = {}) => ({
  user: service && { id: uuid(2), displayName: longName },
  service,
  rights: [],
  csrfToken: 'made-up',
  expiresAt: '2030-01-01T00:00:00Z',
  mustSetQuestions: false,
  ...more,
})

export const card = (n: number, standing: string | null, more: object = {}) => ({
  id: `reader-${n}`,
  name: n === 1 ? 'ACS ACR39U ICC Reader 00 00' : 'Yubico YubiKey OTP+FIDO+CCID 01 00',
  busy: false,
  card: {
    serial: `2219252${n}`,
    model: n === 1 ? 'Plain PIV smart card' : 'YubiKey 5.7',
    form: n === 1 ? 'card' : 'key',
    insertion: `in-${n}`,
    problem: null,
    standing,
    deviceId: standing === null ? null : deviceId,
    ...more,
  },
})
export const emptyReader = { id: 'reader-9', name: 'ACS ACR39U ICC Reader 00 00', busy: false, card: null }

const certificate = (
  n: number,
  slot: string,
  profile: string,
  state = 'ISSUED',
  notAfter = '2029-11-21T00:00:00Z',
) => ({
  id: uuid(50 + n),
  slot,
  profile,
  algorithm: 'P-256',
  state,
  serialNumber: '01AB',
  subject: 'CN=x',
  issuer: 'CN=y',
  notBefore: '2026-11-21T00:00:00Z',
  notAfter,
})

export const ownDevice = (n: number, more: object = {}) => ({
  id: n === 1 ? deviceId : uuid(30 + n),
  serial: `2219252${n}`,
  model: n === 1 ? 'Plain PIV smart card' : 'YubiKey 5.7',
  form: n === 1 ? 'card' : 'key',
  state: 'ISSUED',
  reason: 'NONE',
  suspended: false,
  expiresAt: '2029-11-21T00:00:00Z',
  credentials: [
    certificate(1, '9A', 'piv-authentication'),
    certificate(2, '9C', 'digital-signature', 'ON_HOLD'),
    certificate(3, '9D', 'key-management', 'ISSUED', '2026-01-01T00:00:00Z'),
    certificate(4, '9E', 'card-authentication', 'REVOKED'),
  ],
  ...more,
})

const step = (key: string, state: string) => ({ key, params: { slot: '9A' }, state })
export const issuance = (state: string, more: object = {}) => ({
  id: issuanceId,
  state,
  serial: '22192521',
  form: 'card',
  steps: [
    'claim',
    'read-card',
    'generate-key',
    'issue-certificate',
    'write-certificate',
    'set-puk',
    'holder-pin',
    'finish',
  ].map((key, at) => step(key, at < 3 ? 'DONE' : at > 3 ? 'PENDING' : state === 'FAILED' ? 'FAILED' : 'RUNNING')),
  progress: 0.45,
  error: null,
  pinRules: state === 'WAITING_FOR_PIN' ? pinRules : null,
  paused: false,
  mayRetry: false,
  delivery: { pin: 'PRINT', puk: null },
  ...more,
})

export const failure = {
  code: 'CARD_REMOVED',
  what: 'The card was taken out of the reader while it was being written.',
  step: 'Issue the certificate for 9A',
  advice: 'Put the same card back into the reader and choose Retry.',
  details: { command: 'PUT DATA', attempt: 1 },
  at: '2026-11-21T03:00:00Z',
}

export const requestId = uuid(90)
/** A request of one's own, as the server tells it. */
export const ownRequest = (state: string, more: object = {}) => ({
  id: requestId,
  version: 3,
  type: 'REPLACEMENT',
  state,
  reason: 'LOST',
  kind: 'PERMANENT',
  workflow: 'USER_SELF',
  serial: '22192521',
  requestedAt: '2026-11-20T10:00:00Z',
  own: true,
  decisionNote: '',
  endedAt: null,
  mayCancel: state === 'PENDING_APPROVAL' || state === 'APPROVED',
  next: 'WAIT',
  ...more,
})

export const offer = (more: object = {}) => ({
  devices: [
    {
      id: deviceId,
      version: 4,
      serial: '22192521',
      model: 'Plain PIV smart card',
      form: 'card',
      temporary: false,
      reasons: [
        { reason: 'LOST', kind: 'PERMANENT' },
        { reason: 'STOLEN', kind: 'PERMANENT' },
        { reason: 'DAMAGED', kind: 'PERMANENT' },
        { reason: 'FORGOTTEN', kind: 'TEMPORARY' },
      ],
      workflows: ['USER_LOCAL', 'USER_SELF'],
      temporaryDays: 14,
      ...more,
    },
  ],
  needsApproval: true,
})

const needs = {
  origin: 'http://localhost:8499',
  extension: { id: 'a'.repeat(32), version: '1.0.0', leastVersion: '1.0.0', zip: '/x.zip', crx: '/x.crx' },
  client: {
    leastVersion: '1.0.0',
    version: '1.0.0',
    files: [{ platform: 'linux', arch: 'x64', url: '/x.tgz', bytes: 41_000_000, sha256: 'ab' }],
  },
}

export const world = (): World => ({
  door: {
    organisation: 'Cardwright Demo Organisation',
    demo: true,
    helpText: 'Call the help desk: 030 1234 567, Monday to Friday, 8 to 18 o’clock.',
    issuance: ['INITIAL_PASSWORD', 'SECURITY_QUESTIONS'],
    withoutDevice: ['SECURITY_QUESTIONS'],
    warnings: [],
  },
  session: session(null),
  home: {
    user: { id: uuid(2), displayName: longName, loginName: 'maximiliane' },
    devices: [ownDevice(1), ownDevice(2, { state: 'TERMINATED', credentials: [], expiresAt: null })],
    questionsSet: true,
    answersSetAt: '2026-11-01T10:00:00Z',
    openIssuance: null,
    requests: [],
  },
  readers: { connected: true, readers: [card(1, null)] },
  issuance: null,
  questions: {
    catalogue: [
      'What was the name of your first pet?',
      'In which town did your mother’s parents meet each other for the first time, as far as you know?',
      'What was your first teacher called?',
      'Which street did you grow up in?',
      'What was the brand of your first bicycle?',
    ].map((text, n) => ({ id: uuid(70 + n), text })),
    needed: 3,
    minAnswerLength: 3,
    chosen: [],
  },
  rules: { rules: pinRules },
  offer: offer(),
  request: ownRequest('PENDING_APPROVAL'),
  refusals: {},
  computer: { extension: '1.0.0', client: '1.0.0' },
})

const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }
const { dist } = options

/** All that the pages ask for comes from the build and from the world; nothing reaches a network. */
export const stage = async (context: BrowserContext, now: () => World): Promise<void> => {
  const json = (route: Route, body: unknown, status = 200) => route.fulfill({ status, json: body })
  const events = (route: Route, body: unknown) =>
    route.fulfill({ contentType: 'text/event-stream', body: `data: ${JSON.stringify(body)}\n\n` })
  await context.route('http://localhost:8499/**', async route => {
    const path = new URL(route.request().url()).pathname
    if (path.startsWith('/assets/') || path === '/favicon.svg') {
      const file = join(dist, path)
      if (!existsSync(file)) return route.abort()
      return route.fulfill({ body: await readFile(file), contentType: types[extname(path)] ?? 'text/plain' })
    }
    if (!path.startsWith('/api/')) {
      return route.fulfill({ body: await readFile(join(dist, 'user.html')), contentType: 'text/html' })
    }
    const world = now()
    const key = `${route.request().method()} ${path}`
    const refusal = world.refusals[key]
    if (refusal) return json(route, refusal[1], refusal[0])
    if (path.endsWith('/events')) return events(route, path.includes('/readers') ? world.readers : world.issuance)
    if (path === '/api/workstation') return json(route, needs)
    if (path === '/api/user/door') return json(route, world.door)
    if (path === '/api/user/me') return json(route, world.home)
    if (path === '/api/user/readers') return json(route, world.readers)
    if (path === '/api/user/questions') return json(route, world.questions)
    if (path.endsWith('/pin-rules')) return json(route, world.rules)
    if (path === '/api/user/login/questions') {
      return json(route, { questions: (world.questions as { catalogue: object[] }).catalogue.slice(0, 3) })
    }
    if (key === 'DELETE /api/user/session') world.session = session(null)
    if (path === '/api/user/incident-options') return json(route, world.offer)
    if (path === '/api/user/incidents' || path.startsWith('/api/user/requests/')) {
      Object.assign(world.home, { requests: [world.request] })
      return json(route, world.request)
    }
    if (path.startsWith('/api/user/issuances')) return json(route, world.issuance)
    return json(route, world.session)
  })
  await context.routeWebSocket(/\/api\/relay/, () => {})
}

/** Runs in the page before anything else: an extension and a client that say their versions and keep what is typed. */
export const computer = ({ extension, client }: World['computer']) => {
  if (extension === null) return
  const connect = () => {
    const receivers: ((message: unknown) => void)[] = []
    const tell = (message: unknown) => setTimeout(() => receivers.forEach(receive => void receive(message)))
    return {
      onMessage: { addListener: (receive: (message: unknown) => void) => receivers.push(receive) },
      onDisconnect: { addListener: () => {} },
      disconnect: () => {},
      postMessage: (message: { type: string; key?: string }) => {
        if (message.type === 'keep') tell({ type: 'kept', key: message.key })
        if (message.type === 'relay-reset') tell({ type: 'relay-reset' })
        if (message.type !== 'hello') return
        tell({ type: 'extension', version: extension })
        if (client === null) tell({ type: 'client-missing', detail: 'Specified native messaging host not found.' })
        else tell({ type: 'welcome', protocol: 1, version: client, platform: 'linux', pcsc: {}, printers: [] })
      },
    }
  }
  Object.assign(globalThis, { chrome: { runtime: { connect } } })
}
