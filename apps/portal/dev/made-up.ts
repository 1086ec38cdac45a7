import type { Page } from 'playwright-core'

/** Answers that a demo organisation does not give by itself: nobody, two hundred people, an issuance that failed. */
export const json = (page: Page, pattern: string | RegExp, answer: unknown) =>
  page.route(pattern, route => route.fulfill({ json: answer }))

export const longNames = [
  'Dr. Maximiliane-Henriette Freifrau von Ährenfeld-Öttingen-Übelhör',
  '山田太郎左衛門尉平朝臣長谷川信濃守漢字漢字漢字',
  'Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissen',
  'عبد الرحمن بن محمد بن عبد الله آل إبراهيم القرشي الهاشمي',
]

export const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

export const users = async (page: Page, count: number) => {
  const rows = Array.from({ length: Math.min(count, 50) }, (_, n) => ({
    id: uuid(n),
    version: 1,
    loginName: `person.${n}`,
    displayName: n < longNames.length ? longNames[n] : `Person Number ${n}`,
    email:
      n % 7 === 0 ? `a.very.long.address.of.a.person.with.number.${n}@subsidiary.example.org` : `p${n}@example.org`,
    groupIds: [],
    groups: n % 3 === 0 ? [{ id: uuid(900), name: 'Engineering and facility management, building 7' }] : [],
    status: n % 9 === 8 ? 'DISABLED' : 'ACTIVE',
    role: null,
    deviceCount: n % 4,
    createdAt: '2026-01-12T08:00:00Z',
  }))
  await json(page, /\/api\/users(\?.*)?$/, { rows, total: count, ...(count > 50 ? { next: 'more' } : {}) })
}

const step = (key: string, state: string, params = {}) => ({ key, params, state })

const issuance = async (page: Page, change: object) => {
  await page.route('**/api/issuances/*/events', route => route.abort())
  await json(page, /\/api\/issuances\/[^/]+$/, {
    id: uuid(1),
    kind: 'ISSUE',
    state: 'RUNNING',
    attempt: 1,
    userId: uuid(2),
    userName: longNames[0],
    deviceId: uuid(3),
    serial: '22192523',
    form: 'card',
    where: 'WORKSTATION',
    readerName: 'ACS ACR39U ICC Reader 00 00',
    policy: { id: uuid(4), version: 2, name: 'PIV, P-256' },
    steps: [
      step('claim', 'DONE'),
      step('read-card', 'DONE'),
      step('authenticate', 'DONE'),
      step('generate-key', 'DONE', { slot: '9A' }),
      step('generate-key', 'RUNNING', { slot: '9C' }),
      step('issue-certificate', 'PENDING', { slot: '9A' }),
      step('write-object', 'PENDING', { object: 'security-object' }),
      step('finish', 'PENDING'),
    ],
    progress: 0.45,
    error: null,
    pinRules: null,
    notes: [],
    roundTrips: 2,
    startedAt: new Date(Date.now() - 12_000).toISOString(),
    endedAt: null,
    ...change,
  })
}

export const runningIssuance = (page: Page) => issuance(page, {})

export const failedIssuance = (page: Page) =>
  issuance(page, {
    state: 'FAILED',
    steps: [
      step('claim', 'DONE'),
      step('read-card', 'DONE'),
      step('authenticate', 'DONE'),
      step('generate-key', 'DONE', { slot: '9A' }),
      step('generate-key', 'FAILED', { slot: '9C' }),
      step('issue-certificate', 'PENDING', { slot: '9A' }),
      step('finish', 'PENDING'),
    ],
    error: {
      code: 'CARD_REMOVED',
      what: 'The card was taken out of the reader while it was being written.',
      step: 'Generate key in 9C',
      advice: 'Put the same card back into the reader and choose Retry.',
      details: { command: 'GENERATE ASYMMETRIC KEY PAIR', attempt: 1 },
      at: '2026-11-21T03:00:00Z',
    },
    endedAt: new Date().toISOString(),
  })

export const busyHome = (page: Page) =>
  json(page, '**/api/home', {
    devicesByState: {
      AVAILABLE: 412,
      ASSIGNED: 38,
      IN_PRODUCTION: 2,
      PRODUCED: 17,
      ISSUED: 18_204,
      INVALID: 6,
      TERMINATED: 1_933,
    },
    expiringByWeek: Array.from({ length: 8 }, (_, n) => ({
      week: new Date(Date.UTC(2026, 10, 23 + 7 * n)).toISOString(),
      count: [12, 40, 0, 233, 18, 7, 95, 61][n],
    })),
    failures: longNames.map((userName, n) => ({
      issuanceId: uuid(n),
      userId: uuid(n),
      userName,
      serial: `2219252${n}`,
      at: '2026-11-21T01:00:00Z',
      what: 'The card was taken out of the reader while it was being written.',
    })),
    openIssuances: [
      {
        issuanceId: uuid(9),
        userId: uuid(9),
        userName: 'Anna Lindström',
        serial: '22190001',
        state: 'WAITING_FOR_PIN',
        since: '2026-11-21T03:00:00Z',
      },
    ],
    requests: { toApprove: 12, toIssue: 5, executing: 1, failed: 2, lossReports: 0 },
    lossReports: [],
    undelivered: {
      total: 14,
      newest: [
        {
          id: uuid(31),
          deviceId: uuid(9),
          serial: '22190001',
          userId: uuid(9),
          userName: 'Hubert Blaine Wolfeschlegelsteinhausenbergerdorff of Altdorf',
          what: 'PIN',
          channel: 'PRINT',
          state: 'FAILED',
          problem: { code: 'NO_LETTER_PRINTER', text: 'No letter printer is set up for this user.', advice: '' },
          at: '2026-11-21T03:00:00Z',
        },
        {
          id: uuid(32),
          deviceId: uuid(9),
          serial: '22190001',
          userId: uuid(9),
          userName: 'Anna Lindström',
          what: 'PUK',
          channel: 'EMAIL',
          state: 'FAILED',
          problem: { code: 'MAIL_REFUSED', text: 'The mail server refused the address.', advice: '' },
          at: '2026-11-20T03:00:00Z',
        },
      ],
    },
    authorityBacklog: null,
  })
