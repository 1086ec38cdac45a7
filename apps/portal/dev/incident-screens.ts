import type { Page } from 'playwright-core'
import type { UserScreen } from './user-screen-list.ts'
import { longName, offer, ownDevice, ownRequest, requestId, session, type World } from './user-world.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const radio = (page: Page, name: string) => page.getByRole('radio', { name, exact: true })
const at = (page: Page, heading: string) => page.getByRole('heading', { level: 1, name: heading }).waitFor()

const away = (world: World) => {
  world.session = session('WITHOUT_DEVICE')
}
const withRequests =
  (...requests: object[]) =>
  (world: World) => {
    away(world)
    Object.assign(world.home, { requests, devices: [ownDevice(1, { state: 'INVALID', reason: 'LOST' })] })
  }
const one = (name: string, state: string, more: object = {}): UserScreen => ({
  name: `user-request-${name}`,
  at: `/user/home/request/${requestId}`,
  heading: /Device with number|new device/,
  world: withRequests(ownRequest(state, more)),
})
const refusal = (code: string, detail: string, advice: string) =>
  [409, { type: 'about:blank', title: 'Conflict', status: 409, code, detail, advice }] as const

const report = async (page: Page, what: string) => {
  await radio(page, what).check()
  await button(page, 'Continue').click()
  await at(page, 'How do you want to get the new device?')
}
const toCheck = async (page: Page, what: string) => {
  await report(page, what)
  await radio(page, 'I set it up myself').check()
  await button(page, 'Continue').click()
  await at(page, 'Report this device?')
}
const toReport = { at: '/user/home/report', heading: 'What happened?', world: away }

/** declare an incident without the device, follow it, take it back. */
export const incidentScreens: readonly UserScreen[] = [
  { name: 'user-report', ...toReport },
  { name: 'user-report-phone', ...toReport, phone: true },
  { name: 'user-report-nothing-chosen', ...toReport, act: page => button(page, 'Continue').click() },
  {
    name: 'user-report-two',
    ...toReport,
    world: world => {
      away(world)
      const [first] = offer().devices
      const second = { id: ownDevice(2).id, serial: '22192522', model: 'YubiKey 5.7', form: 'key', temporary: true }
      world.offer = { ...offer(), devices: [first, { ...first, ...second }] }
    },
    act: page => radio(page, 'YubiKey 5.7').check(),
  },
  {
    name: 'user-report-none',
    at: '/user/home/report',
    heading: /.*/,
    world: world => {
      away(world)
      world.offer = { ...offer(), devices: [] }
    },
    act: page => at(page, 'There is nothing to report'),
  },
  { name: 'user-report-where', ...toReport, act: page => report(page, 'I have lost it') },
  { name: 'user-report-check', ...toReport, act: page => toCheck(page, 'It was stolen') },
  { name: 'user-report-check-forgotten', ...toReport, act: page => toCheck(page, 'I do not have it with me') },
  {
    name: 'user-report-refused',
    ...toReport,
    world: world => {
      away(world)
      world.refusals['POST /api/user/incidents'] = refusal(
        'REQUEST_OPEN_ALREADY',
        'You have reported this device already.',
        'You see how it stands on your first page.',
      )
    },
    act: async page => {
      await toCheck(page, 'I have lost it')
      await button(page, 'Report it and stop the device').click()
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'user-reported',
    ...toReport,
    act: async page => {
      await toCheck(page, 'I have lost it')
      await button(page, 'Report it and stop the device').click()
      await page.getByText('Your report has arrived').waitFor()
    },
  },
  one('come', 'APPROVED', { next: 'COME', workflow: 'USER_LOCAL' }),
  one('set-up', 'APPROVED', { next: 'SET_UP', reason: 'FORGOTTEN', kind: 'TEMPORARY' }),
  {
    ...one('set-up-go', 'APPROVED', { next: 'SET_UP' }),
    act: async page => {
      await button(page, 'Set up this device').click()
      await at(page, 'Insert your device')
    },
  },
  one('denied', 'DENIED', {
    next: 'NOTHING',
    endedAt: '2026-11-21T08:00:00Z',
    decisionNote: `You were seen with it at the gate this morning. Ask ${longName} at the desk to look into your bag.`,
  }),
  one('new', 'PENDING_APPROVAL', {
    type: 'ISSUANCE',
    reason: null,
    kind: null,
    serial: null,
    own: false,
    mayCancel: false,
  }),
  {
    name: 'user-home-requests',
    at: '/user/home',
    heading: /Hello/,
    world: withRequests(
      ownRequest('APPROVED', { next: 'SET_UP' }),
      ownRequest('CANCELLED', { id: '00000000-0000-4000-8000-000000000091', endedAt: '2026-11-12T08:00:00Z' }),
      ownRequest('COMPLETED', { id: '00000000-0000-4000-8000-000000000092', reason: 'FORGOTTEN', kind: 'TEMPORARY' }),
    ),
    act: page => page.getByText('2 requests that ended').click(),
  },
  {
    name: 'user-home-request-with-device',
    at: '/user/home',
    heading: /Hello/,
    world: world => {
      withRequests(ownRequest('PENDING_APPROVAL'))(world)
      world.session = session('DEVICE')
      Object.assign(world.home, { devices: [ownDevice(1, { state: 'INVALID', reason: 'LOST' }), ownDevice(2)] })
    },
  },
  {
    name: 'user-take-back',
    at: `/user/home/take-back/${requestId}`,
    heading: 'Take your report back?',
    world: withRequests(ownRequest('APPROVED', { next: 'COME' })),
  },
  {
    name: 'user-take-back-too-late',
    at: `/user/home/take-back/${requestId}`,
    heading: 'Take your report back?',
    world: world => {
      withRequests(ownRequest('APPROVED', { next: 'SET_UP' }))(world)
      world.refusals[`POST /api/user/requests/${requestId}/cancel`] = refusal(
        'REQUEST_WRONG_STATE',
        'Your request has moved on since you loaded this page.',
        'Load this page again to see how it stands.',
      )
    },
    act: async page => {
      await button(page, 'Take it back').click()
      await page.getByRole('alert').waitFor()
    },
  },
]
