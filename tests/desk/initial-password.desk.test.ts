import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDevice } from '../e2e/add-device.ts'
import { must, userNamed } from '../e2e/command-line.ts'
import { signUp } from '../e2e/operator.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { t as o } from '../e2e/texts.ts'
import { blankCard } from '../interop/blank-card.ts'
import { type AttachedCard, attachCard } from '../interop/pcscd.ts'
import { type Desk, openDesk } from './desk.ts'
import { expectPinsNowhere } from './nowhere.ts'
import { pictureFailures } from './picture.ts'
import {
  answerTo,
  beginSetup,
  button,
  chooseNewPin,
  isAt,
  issueToTheEnd,
  link,
  logInWithAnswers,
  logInWithDevice,
  logOut,
  setQuestions,
  t,
  typeLogin,
} from './user.ts'

const PINS = ['739142', '260871', '918264'] as const
const USER = 'anna.lindstrom'
const card = blankCard('yubikey-5.7', 41_000_001)
const pinOnCard = () => Buffer.from(card.state().piv.pin.value.filter(byte => byte !== 0xff)).toString()
let server: TestServer
let desk: Desk
let attached: AttachedCard
let password = ''

pictureFailures(() => desk)
beforeAll(async () => {
  server = await startServer()
  attached = await attachCard(card)
  desk = await openDesk(server.url)
})
afterAll(async () => {
  await desk?.close()
  await attached?.detach()
  await server?.remove()
})

test('point 3: an operator binds the device in the reader of the own workstation, and is shown an initial password', async () => {
  const { page } = desk
  await signUp(page, server.setupLink, 'four green chairs in the hall')
  await addDevice(page, 'Anna Lindström')
  const devices = page.getByRole('radiogroup', { name: o('addDevice.device'), exact: true })
  await devices.getByRole('radio', { name: /0001/ }).click()
  const actions = page.getByRole('radiogroup', { name: o('addDevice.action'), exact: true })
  await actions.getByRole('radio', { name: o('addDevice.ASSIGN') }).click()
  await button(page, o('addDevice.do.ASSIGN')).click()
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  const groups = dialog.locator('[translate="no"]').first().locator(':scope > span')
  await groups.first().waitFor()
  password = (await groups.allTextContents()).join('')
  expect(password.length).toBeGreaterThan(10)
  await button(page, o('initialPassword.done')).click()
  await page.goto('about:blank')
})

test('U-1 to U-11: with the initial password, the questions set, the device issued, the own PIN on it', async () => {
  const { page } = desk
  await beginSetup(page, server.url)
  await typeLogin(page, 'INITIAL_PASSWORD', USER, password)
  await setQuestions(page)
  await issueToTheEnd(page, PINS[0])
  expect(pinOnCard()).toBe(PINS[0])
  await button(page, t('frame.done')).click()
  await isAt(page, t('welcome.title'))
  const { id } = await userNamed(server, 'Anna Lindström')
  const { rows } = await must<{ rows: { state: string; credentials: { state: string }[] }[] }>(
    server,
    'GET',
    `/api/users/${id}/devices`,
  )
  expect(rows.map(d => [d.state, d.credentials.map(c => c.state)])).toEqual([
    ['ISSUED', ['ISSUED', 'ISSUED', 'ISSUED', 'ISSUED']],
  ])
})

test('U-11: the initial password does not work a second time', async () => {
  const { page } = desk
  await beginSetup(page, server.url)
  await typeLogin(page, 'INITIAL_PASSWORD', USER, password)
  await page.getByText(t('error.title')).waitFor()
  expect(await page.getByRole('heading', { level: 1, name: t('login.title') }).isVisible()).toBe(true)
})

test('U-13: with the device: a wrong PIN says how many tries are left; certificates; the PIN is changed', async () => {
  const { page } = desk
  await logInWithDevice(page, server.url, '111111')
  await page.getByText(/Tries left: 4/).waitFor()
  await logInWithDevice(page, server.url, PINS[0])
  await isAt(page, t('home.title', { name: 'Anna Lindström' }))
  expect(await page.getByText(t('profile.piv-authentication'), { exact: true }).count()).toBe(1)
  await link(page, t('home.ofDevice', { what: t('home.changePin'), serial: '41000001' })).click()
  await isAt(page, t('changePin.title'))
  await page.getByLabel(t('changePin.old'), { exact: true }).fill(PINS[0])
  await chooseNewPin(page, PINS[1], t('changePin.do'))
  await page.getByText(t('changePin.done')).waitFor()
  expect(pinOnCard()).toBe(PINS[1])
  await logOut(page)
})

test('U-6, U-7, U-13: without the card at hand, by answers in another writing; the PIN is unlocked', async () => {
  const { page } = desk
  await logInWithAnswers(page, server.url, USER, question => answerTo(question).toUpperCase().replaceAll(' ', ''))
  await isAt(page, t('home.title', { name: 'Anna Lindström' }))
  await link(page, t('home.ofDevice', { what: t('home.unlock'), serial: '41000001' })).click()
  await isAt(page, t('unlock.title'))
  await chooseNewPin(page, PINS[2], t('unlock.do'))
  await page.getByText(t('unlock.done')).waitFor()
  expect(pinOnCard()).toBe(PINS[2])
  await logOut(page)
})

test('U-8: wrong answers up to the lock; the Help desk resets; the answers are set anew at the next login', async () => {
  const { page } = desk
  const user = await userNamed(server, 'Anna Lindström')
  for (let i = 0; i < 5; i++) {
    await logInWithAnswers(page, server.url, USER, () => `wrong ${i}`)
    await page.getByText(t('error.title')).waitFor()
  }
  await logInWithAnswers(page, server.url, USER, answerTo)
  await page.getByText(t('error.title')).waitFor()
  const logins = `/api/users/${user.id}/logins`
  const { locked } = await must<{ locked: { method: string }[] }>(server, 'GET', logins)
  expect(locked.map(l => l.method)).toEqual(['SECURITY_QUESTIONS'])
  await must(server, 'POST', `${logins}/reset`, { method: 'SECURITY_QUESTIONS' })
  await logInWithDevice(page, server.url, PINS[2])
  await setQuestions(page)
  await isAt(page, t('home.title', { name: 'Anna Lindström' }))
  await logOut(page)
  await logInWithAnswers(page, server.url, USER, answerTo)
  await isAt(page, t('home.title', { name: 'Anna Lindström' }))
  await logOut(page)
})

test('the holder’s PINs: in nothing that the server received, stored and logged', async () => {
  await expectPinsNowhere(PINS, server, desk)
  expect(desk.faults).toEqual([])
})
