import type { PredefinedRole } from '@cardwright/contract'
import type { Page } from 'playwright-core'
import {
  type Answers,
  device,
  host,
  inHours,
  manyRequests,
  quietHome,
  replacementOptions,
  request,
  user,
} from './desk-world.ts'
import { longNames, uuid } from './made-up.ts'

export type RequestScreen = {
  readonly name: string
  readonly role: PredefinedRole
  readonly at: string
  readonly answers?: Answers
  /** What is done there, until the picture can be taken. */
  readonly act?: (page: Page, answers: Answers) => Promise<unknown>
  readonly fullPage?: boolean
}

const requestAt = `/operator/requests/${uuid(500)}`
const userAt = `/operator/users/${user.id}`
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const menu = async (page: Page, opener: RegExp, item: RegExp) => {
  await page.getByRole('button', { name: opener }).first().click()
  await page.getByRole('menuitem', { name: item }).click()
  await page.getByRole('dialog').waitFor()
}
const newDevice = {
  ...(request(0).device as object),
  id: uuid(32),
  serial: '22192522',
  state: 'ASSIGNED',
  reason: 'NONE',
}
const approved = request(0, {
  state: 'APPROVED',
  decidedBy: 'Carmen Ortiz Peña',
  decidedAt: inHours(-2),
  decisionNote: 'Identity checked by telephone.',
  newDevice: newDevice as never,
  actions: [
    { action: 'cancel', allowed: true },
    { action: 'bind', allowed: false, reason: 'A device is bound for it already.' },
  ],
})
const bindable = request(0, {
  state: 'APPROVED',
  decidedBy: 'Carmen Ortiz Peña',
  decidedAt: inHours(-2),
  actions: [
    { action: 'bind', allowed: true },
    { action: 'issue', allowed: true },
    { action: 'cancel', allowed: true },
  ],
})
const lossReports = longNames.map((userName, n) => ({
  requestId: n === 2 ? null : uuid(500 + n),
  userId: uuid(n),
  userName,
  deviceId: uuid(30 + n),
  serial: `2219252${n}`,
  reason: n % 2 ? 'STOLEN' : 'LOST',
  reportedAt: inHours(-22 + 6 * n),
  dueAt: inHours(-4 + 6 * n),
  notRevoked: 4,
  onHold: n === 1 ? 0 : 4,
}))

export const requestScreens: readonly RequestScreen[] = [
  { name: 'requests-to-approve', role: 'VALIDATION_OFFICER', at: '/operator/requests' },
  {
    name: 'requests-200',
    role: 'ISSUANCE_OFFICER',
    at: '/operator/requests?queue=ALL',
    answers: {
      'GET /api/requests': manyRequests(200, n => ({
        state: (['APPROVED', 'COMPLETED', 'DENIED', 'EXECUTING', 'FAILED', 'CANCELLED', 'EXPIRED'] as const)[n % 7],
      })),
    },
  },
  {
    name: 'requests-none',
    role: 'VALIDATION_OFFICER',
    at: '/operator/requests',
    answers: { 'GET /api/requests': { rows: [], total: 0 } },
  },
  {
    name: 'requests-error',
    role: 'VALIDATION_OFFICER',
    at: '/operator/requests',
    answers: {
      'GET /api/requests': [500, { code: 'INTERNAL', detail: 'Something went wrong.', advice: 'Try again.' }],
    },
  },
  {
    name: 'requests-moved',
    role: 'VALIDATION_OFFICER',
    at: '/operator/requests',
    act: async (page, answers) => {
      await page.locator('[data-row]').nth(3).waitFor()
      const { rows } = manyRequests(12)
      const come = request(99, { user: { id: uuid(99), displayName: 'Anna Lindström' } })
      answers['GET /api/requests'] = { rows: [come, ...rows.filter((_, n) => n !== 1)], total: 12 }
      await page.getByText('No longer in this list').waitFor({ timeout: 12_000 })
    },
  },
  { name: 'request-pending', role: 'VALIDATION_OFFICER', at: requestAt },
  { name: 'request-bound', role: 'HELP_DESK', at: requestAt, answers: { 'GET /api/requests/*': approved } },
  { name: 'request-to-issue', role: 'ISSUANCE_OFFICER', at: requestAt, answers: { 'GET /api/requests/*': bindable } },
  {
    name: 'request-done',
    role: 'AUDITOR',
    at: requestAt,
    answers: {
      'GET /api/requests/*': {
        ...approved,
        state: 'COMPLETED',
        newDevice: { ...newDevice, state: 'ISSUED' },
        device: { ...request(0).device, state: 'TERMINATED' },
        actions: [],
        endedAt: inHours(-1),
      },
    },
  },
  {
    name: 'request-own',
    role: 'ADMINISTRATOR',
    at: requestAt,
    answers: { 'GET /api/requests/*': manyRequests(5).rows[4] ?? {} },
  },
  {
    name: 'request-deny',
    role: 'VALIDATION_OFFICER',
    at: requestAt,
    fullPage: false,
    act: async page => {
      await button(page, 'Deny').click()
      await page.getByLabel('Why is it denied?').fill('The caller could not say the department.')
    },
  },
  {
    name: 'request-stale',
    role: 'VALIDATION_OFFICER',
    at: requestAt,
    fullPage: false,
    answers: {
      [`POST /api/requests/${uuid(500)}/deny`]: [
        409,
        {
          code: 'REQUEST_WRONG_STATE',
          detail: 'The request is APPROVED now; Carmen changed it last.',
          advice: 'Load it again.',
        },
      ],
    },
    act: async (page, answers) => {
      await button(page, 'Deny').click()
      await page.getByLabel('Why is it denied?').fill('The caller could not say the department.')
      answers['GET /api/requests/*'] = {
        ...approved,
        version: 3,
        changedBy: 'Carmen Ortiz Peña',
        changedAt: inHours(-0.02),
        actions: [{ action: 'deny', allowed: false, reason: 'The request is approved already.' }],
      }
      await button(page, 'Deny request').click()
      await page.getByText('Changed by Carmen').waitFor()
    },
  },
  {
    name: 'request-cancel',
    role: 'HELP_DESK',
    at: requestAt,
    fullPage: false,
    answers: { 'GET /api/requests/*': approved },
    act: page => button(page, 'Cancel request').click(),
  },
  {
    name: 'replace',
    role: 'HELP_DESK',
    at: `/operator/devices/${uuid(31)}`,
    act: async page => {
      await menu(page, /Actions for/, /Replace/)
      await page.getByRole('radio', { name: /^Lost/ }).click()
      await page.getByRole('radio', { name: /at a desk/ }).click()
      await page.getByText('What happens when you confirm').waitFor()
    },
  },
  {
    name: 'replace-none-fits',
    role: 'HELP_DESK',
    at: `/operator/devices/${uuid(31)}`,
    answers: {
      'GET /api/devices/replacement-options': { ...replacementOptions([]), target: { ...device(5), temporary: true } },
    },
    act: async page => {
      await menu(page, /Actions for/, /Replace/)
      await page.getByRole('radio', { name: /^Forgotten/ }).click()
      await page.getByText('None of the user').waitFor()
    },
  },
  {
    name: 'replace-first',
    role: 'HELP_DESK',
    at: `/operator/devices/${uuid(31)}`,
    fullPage: false,
    act: page => menu(page, /Actions for/, /Replace/),
  },
  {
    name: 'user-requests',
    role: 'HELP_DESK',
    at: userAt,
    answers: {
      'GET /api/requests': {
        rows: [request(0), approved, request(3, { state: 'DENIED', decidedBy: 'Carmen' })],
        total: 14,
      },
    },
  },
  {
    name: 'identity',
    role: 'HELP_DESK',
    at: userAt,
    fullPage: false,
    act: async page => {
      await button(page, 'Check identity').click()
      for (const field of await page.getByRole('dialog').getByRole('textbox').all()) await field.fill('toto')
      await button(page, 'Check answers').click()
      await page.getByText('At least one').waitFor()
    },
  },
  {
    name: 'identity-locked',
    role: 'HELP_DESK',
    at: userAt,
    fullPage: false,
    answers: { [`GET /api/users/${user.id}/identity-questions`]: { questions: [], locked: true, lastChecked: null } },
    act: page => button(page, 'Check identity').click(),
  },
  {
    name: 'terminate-all',
    role: 'HELP_DESK',
    at: userAt,
    fullPage: false,
    act: page => menu(page, /More actions/, /Terminate all/),
  },
  {
    name: 'request-issuance',
    role: 'HELP_DESK',
    at: userAt,
    fullPage: false,
    act: page => menu(page, /More actions/, /Request issuance/),
  },
  {
    name: 'return',
    role: 'HELP_DESK',
    at: userAt,
    fullPage: false,
    act: async page => {
      await page.getByRole('button', { name: /Actions for device ending in 2522/ }).click()
      await page.getByRole('menuitem', { name: /Return/ }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'add-for-request',
    role: 'ISSUANCE_OFFICER',
    at: `${userAt}/add-device?request=${uuid(500)}`,
    answers: { 'GET /api/requests/*': bindable },
    act: page => page.getByRole('heading', { name: 'Device Policy' }).waitFor(),
  },
  {
    name: 'bind-for-request',
    role: 'HELP_DESK',
    at: `${userAt}/add-device?request=${uuid(500)}&action=ASSIGN`,
    answers: { 'GET /api/requests/*': bindable },
    act: page => page.getByRole('heading', { name: 'Self-issuance' }).waitFor(),
  },
  {
    name: 'add-needs-approval',
    role: 'ISSUANCE_OFFICER',
    at: `${userAt}/add-device`,
    act: async page => {
      await page.getByRole('radio', { name: /Board members/ }).click()
      await page.getByText('No approved request is there yet').waitFor()
    },
  },
  {
    name: 'home-officer',
    role: 'ISSUANCE_OFFICER',
    at: '/operator',
    answers: {
      'GET /api/home': {
        ...quietHome,
        lossReports,
        authorityBacklog: { waiting: 7, since: inHours(-1.2), lastError: 'connect ECONNREFUSED 10.1.2.3:443' },
      },
    },
  },
  {
    name: 'home-desk',
    role: 'HELP_DESK',
    at: '/operator',
    act: async page => {
      await page.getByLabel('Name, login, e-mail or serial number').fill('2219')
      await page.getByText('2 hits').first().waitFor()
    },
  },
  { name: 'devices-form', role: 'HELP_DESK', at: '/operator/devices?form=card' },
]

export const addressOf = (screen: RequestScreen): string => host + screen.at
