import type { Page } from 'playwright-core'
import { json, longNames, uuid } from './made-up.ts'

/** Answers about self-issuance, PINs and log-ins that a demo organisation does not give by itself. */
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

export const userPortalSettings = async (page: Page, problems: readonly string[], change: object = {}) =>
  json(page, '**/api/settings/user-portal', {
    version: 3,
    settings: {
      whoCanBind: 'OPERATOR',
      setSecurityQuestions: true,
      changePinDuringIssuance: true,
      enableIssuanceRetry: true,
      login: {
        firstIssuance: 'INITIAL_PASSWORD',
        laterIssuance: 'SECURITY_QUESTIONS',
        withoutDevice: 'LDAP_PASSWORD',
      },
      wrongPasswords: 5,
      wrongAnswers: 5,
      wrongTriesPerSource: 50,
      questionsNeeded: 3,
      minAnswerLength: 3,
      initialPasswordDays: 14,
      initialPasswordDelivery: 'SHOWN',
      idleMinutes: 15,
      helpText: 'Help desk: telephone 4711, help@example.org, weekdays from 7 to 19.',
      ...change,
    },
    changedAt: inDays(-3),
    changedBy: longNames[0],
    problems,
  })

export const conflictOn = (page: Page, pattern: string | RegExp) =>
  page.route(pattern, route =>
    route.request().method() === 'GET'
      ? route.fallback()
      : route.fulfill({
          status: 409,
          json: {
            type: 'about:blank',
            title: 'Conflict',
            status: 409,
            code: 'VERSION_CONFLICT',
            detail: `${longNames[0]} has changed this 2 minutes ago.`,
            advice: 'Load the new version and make your change again.',
          },
        }),
  )

const questions = [
  'What was the name of your first teacher?',
  'In which street did you live when you were ten?',
  'What did you buy with the first money you earned yourself, and how much did it cost, as exactly as you remember it today after all these years?',
  '子供の頃に一番好きだった本の題名は何ですか。',
]

export const securityQuestions = (page: Page, count: number) =>
  json(page, '**/api/settings/security-questions', {
    rows: Array.from({ length: count }, (_, n) => ({
      id: uuid(n),
      version: 1,
      text: questions[n] ?? `Question number ${n + 1} of a long catalogue?`,
      retired: n % 10 === 9,
      users: n * 37,
    })),
  })

export const lockedLogins = (page: Page) =>
  json(page, /\/api\/users\/[^/]+\/logins$/, {
    initialPasswords: [
      {
        deviceId: uuid(1),
        serial: '22192523',
        createdAt: inDays(-2),
        expiresAt: inDays(12),
        usedAt: null,
        expired: false,
      },
      {
        deviceId: uuid(2),
        serial: '22192524',
        createdAt: inDays(-40),
        expiresAt: inDays(-26),
        usedAt: inDays(-39),
        expired: true,
      },
      {
        deviceId: uuid(3),
        serial: '22192525',
        createdAt: inDays(-90),
        expiresAt: inDays(-76),
        usedAt: null,
        expired: true,
      },
    ],
    questionsSetAt: inDays(-100),
    locked: [
      { method: 'LDAP_PASSWORD', since: inDays(-0.1) },
      { method: 'SECURITY_QUESTIONS', since: inDays(-2) },
    ],
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

/** A device of somebody with a long name, and the reader it is in, or none. */
export const device = async (page: Page, state: 'ISSUED' | 'ASSIGNED', where: 'SERVER' | 'WORKSTATION' | null) => {
  const id = uuid(77)
  const user = { id: uuid(7), displayName: longNames[0] }
  await json(page, `**/api/devices/${id}`, {
    id,
    version: 4,
    serial: '22192523',
    model: 'YubiKey 5 NFC',
    form: 'key',
    virtual: false,
    state,
    reason: 'ASSIGNED',
    suspended: false,
    temporary: false,
    openRequestId: null,
    user,
    policy: state === 'ISSUED' ? { id: uuid(4), version: 2, name: 'PIV, P-256' } : null,
    cardUuid: null,
    expiresAt: state === 'ISSUED' ? inDays(700) : null,
    issuedAt: state === 'ISSUED' ? inDays(-30) : null,
    credentials: [],
    openIssuanceId: null,
    actions: [
      { action: 'unlock', allowed: state === 'ISSUED', reason: 'Not possible while the device is assigned.' },
      { action: 'initial-password', allowed: state === 'ASSIGNED', reason: 'Not possible while the device is active.' },
    ],
  })
  await json(page, /\/api\/devices\/[^/]+\/timeline/, { rows: [], total: 0 })
  await json(page, '**/api/devices/*/pin-rules', { rules: pinRules })
  await json(page, `**/api/users/${user.id}`, {
    ...user,
    version: 1,
    loginName: 'maximiliane.ahrenfeld',
    email: 'maximiliane-henriette.freifrau.von.aehrenfeld@subsidiary.example.org',
    employeeNumber: '004711',
    department: 'Engineering and facility management, building 7',
    groupIds: [],
    groups: [],
    status: 'ACTIVE',
    role: null,
    deviceCount: 1,
    createdAt: inDays(-400),
  })
  await page.route('**/api/readers/events', route => route.abort())
  await json(page, '**/api/readers', {
    readers:
      where === null
        ? []
        : [
            {
              id: 'r1',
              name: 'Alcor Micro AU9540 00 00',
              virtual: false,
              where,
              busy: false,
              card: {
                serial: '22192523',
                model: 'YubiKey 5 NFC',
                form: 'key',
                insertion: 'i1',
                known: { deviceId: id, state, reason: 'ASSIGNED', user },
                problem: null,
              },
            },
          ],
    pcsc: { available: true },
    workstation: where === 'WORKSTATION',
  })
  await json(page, '**/api/devices/*/initial-password', {
    password: '7KMX-9QDA-PWRT-4HCV',
    deliveredTo: null,
    expiresAt: inDays(14),
  })
  await json(page, '**/api/devices/*/unblock-answer', { answer: '7K3QM-X0D9A-PWRTE-4HCVN-20GJZ-81BXR-5YSKD' })
  return `/operator/devices/${id}`
}

export const delivered = (page: Page) =>
  json(page, '**/api/devices/*/initial-password', {
    password: null,
    deliveredTo: 'maximiliane-henriette.freifrau.von.aehrenfeld@subsidiary.example.org',
    expiresAt: inDays(14),
  })

export const refused = (page: Page, pattern: string | RegExp, detail: string, advice: string) =>
  page.route(pattern, route =>
    route.fulfill({
      status: 422,
      json: { type: 'about:blank', title: 'Refused', status: 422, code: 'REFUSED', detail, advice },
    }),
  )
