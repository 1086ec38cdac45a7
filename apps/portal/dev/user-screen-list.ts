import type { Page } from 'playwright-core'
import { incidentScreens } from './incident-screens.ts'
import {
  card,
  deviceId,
  emptyReader,
  failure,
  issuance,
  issuanceId,
  ownDevice,
  session,
  type World,
} from './user-world.ts'

export type UserScreen = {
  readonly name: string
  readonly at: string
  /** The heading of level 1 that must come. */
  readonly heading: string | RegExp
  readonly world?: (world: World) => void
  readonly act?: (page: Page) => Promise<unknown>
  /** One of the pictures of the docs: `--pictures DIR`. */
  readonly picture?: true
  /** A phone: touch, and its name. */
  readonly phone?: true
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const problem = (code: string, detail: string, advice: string, status: number) =>
  [status, { type: `urn:${code}`, title: '', status, code, detail, advice, instance: 'urn:uuid:5ac0ff1e' }] as const

const issuing =
  (state: string, more: object = {}) =>
  (world: World) => {
    world.session = session('ISSUANCE')
    world.issuance = issuance(state, more)
  }
const readers =
  (...list: object[]) =>
  (world: World) => {
    world.readers = { connected: true, readers: list }
  }
const ready = (standing: string) => (world: World) => {
  world.session = session('ISSUANCE')
  world.readers = { connected: true, readers: [card(1, standing)] }
}
const holder = (world: World) => {
  world.session = session('DEVICE')
  world.readers = { connected: true, readers: [card(1, 'ACTIVE')] }
}
const away = (world: World) => {
  world.session = session('WITHOUT_DEVICE')
  world.readers = { connected: true, readers: [card(1, 'ACTIVE')] }
}
const running = `/user/issuance/${issuanceId}`

export const userScreens: readonly UserScreen[] = [
  { name: 'user-welcome', at: '/user', heading: 'What do you want to do?', picture: true },
  { name: 'user-welcome-phone', at: '/user', heading: 'What do you want to do?', phone: true },
  {
    name: 'user-computer-extension',
    at: '/user/issue/computer',
    heading: /computer/,
    world: world => {
      world.computer = { extension: null, client: null }
    },
  },
  {
    name: 'user-computer-client',
    at: '/user/issue/computer',
    heading: /computer/,
    world: world => {
      world.computer = { extension: '1.0.0', client: null }
    },
  },
  {
    name: 'user-computer-old',
    at: '/user/device/computer',
    heading: /computer/,
    world: world => {
      world.computer = { extension: '1.0.0', client: '0.1.0' }
    },
  },
  { name: 'user-insert', at: '/user/issue/device', heading: 'Insert your device', world: readers(emptyReader) },
  { name: 'user-inserted', at: '/user/issue/device', heading: 'Insert your device' },
  {
    name: 'user-two-devices',
    at: '/user/issue/device',
    heading: 'Insert your device',
    world: readers(card(1, null), card(2, null, { problem: { code: 'X', text: 'This card does not answer.' } })),
    act: page => button(page, 'Continue').click(),
  },
  { name: 'user-login', at: '/user/issue/login', heading: 'Log in' },
  {
    name: 'user-login-empty',
    at: '/user/issue/login',
    heading: 'Log in',
    act: page => button(page, 'Log in').click(),
  },
  {
    name: 'user-login-wrong',
    at: '/user/issue/login',
    heading: 'Log in',
    world: world => {
      world.refusals['POST /api/user/login/initial-password'] = problem(
        'LOGIN_REFUSED',
        'The login name and the initial password do not belong together.',
        'Check both and try again. After too many wrong tries the help desk has to help.',
        401,
      )
    },
    act: async page => {
      await page.getByLabel('Login name', { exact: true }).fill('anna')
      await page.getByLabel('Initial password', { exact: true }).fill('wrong')
      await button(page, 'Log in').click()
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'user-login-questions',
    at: '/user/without-device',
    heading: 'Log in',
    act: async page => {
      await page.getByLabel('Login name', { exact: true }).fill('anna')
      await button(page, 'Continue').click()
      await page.getByRole('heading', { level: 1, name: 'Answer your security questions' }).waitFor()
      await button(page, 'Log in').click()
    },
  },
  {
    name: 'user-questions',
    at: '/user/questions',
    heading: 'Choose your security questions',
    world: world => {
      world.session = session('ISSUANCE', { mustSetQuestions: true })
    },
    act: async page => {
      await page.getByLabel('Question', { exact: true }).first().selectOption({ index: 2 })
      await page.getByLabel('Answer', { exact: true }).first().fill('Rex')
      await button(page, 'Save answers').click()
    },
  },
  {
    name: 'user-ready',
    at: '/user/issue/ready',
    heading: 'Set up this device?',
    world: ready('TO_ISSUE'),
    picture: true,
  },
  { name: 'user-ready-blank', at: '/user/issue/ready', heading: 'Set up this device?', world: ready('BLANK') },
  { name: 'user-ready-not-yours', at: '/user/issue/ready', heading: /cannot be set up/, world: ready('NOT_YOURS') },
  { name: 'user-ready-active', at: '/user/issue/ready', heading: /cannot be set up/, world: ready('ACTIVE') },
  { name: 'user-ready-unfinished', at: '/user/issue/ready', heading: /cannot be set up/, world: ready('UNFINISHED') },
  {
    name: 'user-ready-two',
    at: '/user/issue/ready',
    heading: 'Set up this device?',
    world: world => {
      world.session = session('ISSUANCE')
      world.readers = { connected: true, readers: [card(1, 'NOT_YOURS'), card(2, 'TO_ISSUE')] }
    },
  },
  {
    name: 'user-progress',
    at: running,
    heading: 'Your device is being set up',
    world: issuing('RUNNING'),
    picture: true,
  },
  {
    name: 'user-paused',
    at: running,
    heading: 'Your device is being set up',
    world: issuing('RUNNING', { paused: true }),
  },
  {
    name: 'user-new-pin',
    at: running,
    heading: 'Choose your PIN',
    picture: true,
    world: issuing('WAITING_FOR_PIN'),
    act: page => page.getByLabel('New PIN', { exact: true }).fill('1234'),
  },
  {
    name: 'user-new-pin-faults',
    at: running,
    heading: 'Choose your PIN',
    world: issuing('WAITING_FOR_PIN'),
    act: async page => {
      await page.getByLabel('New PIN', { exact: true }).fill('739204')
      await page.getByLabel('New PIN again', { exact: true }).fill('739205')
      await button(page, 'Set PIN').click()
    },
  },
  { name: 'user-done', at: running, heading: 'Your device is ready', world: issuing('COMPLETED') },
  {
    name: 'user-failed-retry',
    at: running,
    heading: 'Your device could not be set up',
    world: issuing('FAILED', { error: failure, mayRetry: true }),
  },
  {
    name: 'user-failed',
    at: running,
    heading: 'Your device could not be set up',
    world: issuing('FAILED', { error: failure }),
    act: page => page.getByText('Details for the help desk').click(),
  },
  { name: 'user-device-login', at: '/user/device', heading: 'Log in with your device' },
  {
    name: 'user-device-login-wrong',
    at: '/user/device',
    heading: 'Log in with your device',
    world: world => {
      world.refusals['POST /api/user/login/device'] = problem(
        'PIN_WRONG',
        'The PIN is wrong.',
        'Try again. There are 2 tries left; after that the device is locked.',
        409,
      )
    },
    act: async page => {
      await page.getByLabel('PIN of your device', { exact: true }).fill('739204')
      await button(page, 'Log in').click()
      await page.getByRole('alert').waitFor()
    },
  },
  { name: 'user-home', at: '/user/home', heading: /Hello/, world: holder },
  { name: 'user-home-away', at: '/user/home', heading: /Hello/, world: away },
  {
    name: 'user-home-empty',
    at: '/user/home',
    heading: /Hello/,
    world: world => {
      away(world)
      Object.assign(world.home, { devices: [], questionsSet: false, answersSetAt: null })
    },
  },
  { name: 'user-change-pin', at: `/user/home/pin/${deviceId}`, heading: 'Change your PIN', world: holder },
  {
    name: 'user-unlock',
    at: `/user/home/unlock/${deviceId}`,
    heading: 'Unlock your device',
    world: away,
    act: page => page.getByLabel('New PIN', { exact: true }).fill('739204'),
  },
  {
    name: 'user-unlock-other',
    at: `/user/home/unlock/${deviceId}`,
    heading: 'Unlock your device',
    world: world => {
      away(world)
      world.readers = { connected: true, readers: [card(2, 'NOT_YOURS', { deviceId: ownDevice(2).id })] }
    },
  },
  ...incidentScreens,
  { name: 'user-lost', at: '/user/lost', heading: 'My device is lost or broken', world: away },
  { name: 'user-far-away', at: '/user/far-away', heading: 'My PIN is locked and I am far away' },
  {
    name: 'user-time-up',
    at: '/user/issue/login',
    heading: 'Log in',
    world: world => {
      world.refusals['POST /api/user/login/initial-password'] = problem('VISIT_REQUIRED', 'Ended.', '', 401)
    },
    act: async page => {
      await page.getByLabel('Login name', { exact: true }).fill('anna')
      await page.getByLabel('Initial password', { exact: true }).fill('x')
      await button(page, 'Log in').click()
      await page.getByRole('heading', { level: 1, name: 'Time is up' }).waitFor()
    },
  },
]
