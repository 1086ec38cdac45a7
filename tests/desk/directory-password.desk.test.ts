import {
  BASE,
  people,
  peopleLdif,
  SERVICE_PASSWORD,
  type Slapd,
  settingsFor,
  startSlapd,
} from '@cardwright/adapters/testing/directory'
import type { AuditEntry, DirectoryRun, UserLogins, UserPortalSettings } from '@cardwright/contract'
import { holderTexts } from '@cardwright/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { edgeProblems } from '../../apps/server/src/http/problem-texts.ts'
import { groupNamed, must, policyNamed, userNamed } from '../e2e/command-line.ts'
import { signUp } from '../e2e/operator.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { blankCard } from '../interop/blank-card.ts'
import { type AttachedCard, attachCard } from '../interop/pcscd.ts'
import { type Desk, openDesk } from './desk.ts'
import { expectPasswordsNowhere, expectPinsNowhere } from './nowhere.ts'
import { assignHere } from './operator.ts'
import { pictureFailures } from './picture.ts'
import {
  asUser,
  beginSetup,
  button,
  chooseNewPin,
  isAt,
  issueDevice,
  issueToTheEnd,
  link,
  logInWithDevice,
  logInWithoutDevice,
  logOut,
  problem,
  t,
  typeLogin,
} from './user.ts'

const PINS = ['73914286', '26087153'] as const
const WRONG_PINS = ['84061937', '50827164', '39150672', '61740258', '17293846'] as const
const GUESSES = ['Guess no. 1 of Alice', 'Guess no. 2 of Alice', 'Guess no. 3 of Alice'] as const
/** Fewer than the guesses of a test, so that one that is counted by mistake is seen. */
const LIMIT = 3
const GROUP = 'People with badges'
const alice = people[0] ?? expect.unreachable()
const card = blankCard('yubikey-5.7', 41_000_011)
const cardOfAnna = blankCard('yubikey-5.7', 41_000_012)
const pinOnCard = () => Buffer.from(card.state().piv.pin.value.filter(byte => byte !== 0xff)).toString()
let server: TestServer
let slapd: Slapd
let desk: Desk
let attached: AttachedCard

pictureFailures(() => desk)
beforeAll(async () => {
  slapd = await startSlapd({ ldif: peopleLdif })
  server = await startServer()
  attached = await attachCard(card)
  desk = await openDesk(server.url)
})
afterAll(async () => {
  await desk?.close()
  await attached?.detach()
  await server?.remove()
  await slapd?.remove()
})

type Stored = { version: number; settings: UserPortalSettings; problems: string[] }
const PORTAL = '/api/settings/user-portal'
const changePortal = async (change: Partial<UserPortalSettings>): Promise<Stored> => {
  const { version, settings } = await must<Stored>(server, 'GET', PORTAL)
  return must<Stored>(server, 'PUT', PORTAL, { version, settings: { ...settings, ...change } })
}
const lockedMethods = async (): Promise<string[]> => {
  const { id } = await userNamed(server, alice.displayName)
  return (await must<UserLogins>(server, 'GET', `/api/users/${id}/logins`)).locked.map(l => l.method)
}
const audited = async (action: string): Promise<AuditEntry[]> =>
  (await must<{ rows: AuditEntry[] }>(server, 'GET', `/api/audit?action=${action}`)).rows

const logInToIssue = async (password: string): Promise<void> => {
  await beginSetup(desk.page, server.url)
  await typeLogin(desk.page, 'LDAP_PASSWORD', alice.loginName, password)
}
/** What the page says to a login without a device that is refused. */
const refusal = async (password: string): Promise<string> => {
  await logInWithoutDevice(desk.page, server.url, alice.loginName, password)
  await problem(desk.page).waitFor()
  await isAt(desk.page, t('login.title'))
  return (await problem(desk.page).textContent()) ?? ''
}
const isHome = () => isAt(desk.page, t('home.title', { name: alice.displayName }))

test('the configuration says that a directory is missing, until there is one; a sync brings its people', async () => {
  const login = {
    firstIssuance: 'LDAP_PASSWORD',
    laterIssuance: 'LDAP_PASSWORD',
    withoutDevice: 'LDAP_PASSWORD',
  } as const
  const { problems } = await changePortal({ login, wrongPasswords: LIMIT, setSecurityQuestions: false })
  expect(problems.join()).toContain('no directory is configured')

  const settings = settingsFor(slapd)
  const seen = await must<{ groups: { id: string; name: string }[] }>(server, 'POST', '/api/settings/directory/test', {
    settings,
    bindPassword: SERVICE_PASSWORD,
  })
  const directoryGroup = seen.groups.find(group => group.name === 'Badges')?.id
  await must(server, 'PUT', '/api/settings/directory', {
    version: (await must<{ version: number }>(server, 'GET', '/api/settings/directory')).version,
    settings: { ...settings, groups: [{ directoryGroup, name: GROUP }] },
    bindPassword: SERVICE_PASSWORD,
  })
  const run = await must<DirectoryRun>(server, 'POST', '/api/settings/directory/sync', {})
  expect(run).toMatchObject({ outcome: 'DONE', counts: { created: people.length } })
  expect((await must<Stored>(server, 'GET', PORTAL)).problems).toEqual([])

  const { id, memberCount, ...group } = await groupNamed(server, GROUP)
  const policy = await policyNamed(server, 'PIV, P-256')
  await must(server, 'PUT', `/api/groups/${id}`, { ...group, assignments: { INITIAL: [policy.id] } })
  expect(memberCount).toBe(1)
})

test('U-3: Who can bind = Operator: a device that is bound to nobody is refused in words, and stays blank', async () => {
  const { page } = desk
  await logInToIssue(alice.password)
  await issueDevice(page)
  const { what, advice } = holderTexts.CARD_NOT_ASSIGNED
  await problem(page).getByText(what).waitFor()
  await problem(page).getByText(advice).waitFor()
  expect(pinOnCard()).toBe('123456')
})

test('U-3, U-4: Who can bind = User: with the directory’s password the blank device is taken and issued', async () => {
  const { page } = desk
  await changePortal({ whoCanBind: 'USER' })
  await logInToIssue(alice.password)
  await isAt(page, t('ready.title'))
  await page.getByText(t('standing.BLANK.text')).waitFor()
  await issueToTheEnd(page, PINS[0])
  expect(pinOnCard()).toBe(PINS[0])
  await page.getByText(t('done.number', { serial: '41000011' })).waitFor()
  await button(page, t('frame.done')).click()
  await isAt(page, t('welcome.title'))

  const { id } = await userNamed(server, alice.displayName)
  const { rows } = await must<{ rows: { state: string; serial: string; credentials: { state: string }[] }[] }>(
    server,
    'GET',
    `/api/users/${id}/devices`,
  )
  expect(rows.map(d => [d.serial, d.state, d.credentials.map(c => c.state)])).toEqual([
    ['41000011', 'ISSUED', ['ISSUED', 'ISSUED', 'ISSUED', 'ISSUED']],
  ])
})

test('U-8: wrong passwords up to the lock, then the right one does not help either; the Help desk resets', async () => {
  const { detail, advice } = edgeProblems.LOGIN_FAILED
  for (const guess of GUESSES) {
    expect(await lockedMethods()).toEqual([])
    const said = await refusal(guess)
    expect(said).toContain(detail)
    expect(said).toContain(advice)
  }
  expect(await lockedMethods()).toEqual(['LDAP_PASSWORD'])
  expect(await refusal(alice.password)).toContain(edgeProblems.LOGIN_LOCKED.detail)
  // The lock is the method's, whatever it is used for.
  await logInToIssue(alice.password)
  await problem(desk.page).getByText(edgeProblems.LOGIN_LOCKED.detail).waitFor()
  const { id } = await userNamed(server, alice.displayName)
  expect((await audited('user.login-locked')).map(entry => [entry.objectId, entry.result])).toEqual([[id, 'DENIED']])

  await must(server, 'POST', `/api/users/${id}/logins/reset`, { method: 'LDAP_PASSWORD' })
  expect(await lockedMethods()).toEqual([])
  await logInWithoutDevice(desk.page, server.url, alice.loginName, alice.password)
  await isHome()
  await logOut(desk.page)
})

test('U-8: a directory that is gone says so and locks nobody; back again, it works at once', async () => {
  const { page } = desk
  const { detail, advice } = edgeProblems.DIRECTORY_UNREACHABLE
  await slapd.stop()
  for (const password of [...GUESSES, alice.password, alice.password]) {
    const said = await refusal(password)
    expect(said).toContain(detail)
    expect(said).toContain(advice)
  }
  expect(await lockedMethods()).toEqual([])
  await slapd.start()
  // Were one of them counted, the last of these would be refused as locked.
  for (const guess of GUESSES.slice(1)) expect(await refusal(guess)).toContain(edgeProblems.LOGIN_FAILED.detail)
  await logInWithoutDevice(page, server.url, alice.loginName, alice.password)
  await isHome()
  expect(await lockedMethods()).toEqual([])
  await logOut(page)
})

test('U-13: wrong PINs lock the device; without it, with the directory’s password, it gets a new PIN', async () => {
  const { page } = desk
  const [first, ...others] = WRONG_PINS
  await logInWithDevice(page, server.url, first)
  for (const [at, pin] of others.entries()) {
    await problem(page)
      .getByText(new RegExp(`Tries left: ${others.length - at}\\b`))
      .waitFor()
    await page.getByLabel(t('pinLogin.pin'), { exact: true }).fill(pin)
    await button(page, t('login.do')).click()
  }
  await problem(page).getByText(holderTexts.PIN_BLOCKED.advice).waitFor()

  await logInWithoutDevice(page, server.url, alice.loginName, alice.password)
  await isHome()
  await link(page, t('home.ofDevice', { what: t('home.unlock'), serial: '41000011' })).click()
  await isAt(page, t('unlock.title'))
  await chooseNewPin(page, PINS[1], t('unlock.do'))
  await page.getByText(t('unlock.done')).waitFor()
  expect(pinOnCard()).toBe(PINS[1])
  await logOut(page)
  await logInWithDevice(page, server.url, PINS[1])
  await isHome()
  await logOut(page)
})

test('U-3: a device that is bound to somebody else: said without a name, not offered, refused and audited', async () => {
  const { page } = desk
  await page.goto('about:blank')
  await attached.detach()
  attached = await attachCard(cardOfAnna, 1)
  await signUp(page, server.setupLink, 'nine brass buttons in a drawer')
  const anna = await userNamed(server, 'Anna Lindström')
  const { deviceId } = await assignHere(page, anna.id)

  await logInToIssue(alice.password)
  await isAt(page, t('ready.notTitle'))
  await page.getByText(t('standing.NOT_YOURS'), { exact: true }).waitFor()
  await page.getByText(t('standing.NOT_YOURS.text')).waitFor()
  expect(await button(page, t('ready.do')).count()).toBe(0)
  expect(await page.getByText(/Anna|Lindström/).count()).toBe(0)

  // Who leaves the page aside gets no further.
  expect(await audited('issuance.denied')).toEqual([])
  const { readers } = await asUser<{ readers: { id: string; card: { insertion: string } | null }[] }>(
    page,
    'GET',
    '/api/user/readers',
  ).then(answer => answer.body)
  const reader = readers.find(r => r.card)
  const refused = await asUser<{ code: string; detail: string }>(page, 'POST', '/api/user/issuances', {
    readerId: reader?.id,
    insertion: reader?.card?.insertion,
  })
  expect(refused.status).toBe(409)
  expect(refused.body.code).toBe('CARD_ISSUED_TO_OTHER')
  expect(JSON.stringify(refused.body)).not.toMatch(/Anna|Lindstr/)
  const [denied, ...more] = await audited('issuance.denied')
  expect(more).toEqual([])
  expect(denied).toMatchObject({
    actor: alice.displayName,
    objectLabel: alice.displayName,
    result: 'DENIED',
    reason: 'CARD_ISSUED_TO_OTHER',
    details: { serial: '41000012' },
  })
  const { state } = await must<{ state: string }>(server, 'GET', `/api/devices/${deviceId}`)
  expect(state).toBe('ASSIGNED')
})

test('passwords of the directory go into the login and nowhere else, PINs nowhere', async () => {
  await expectPasswordsNowhere([alice.password, ...GUESSES], server, desk)
  await expectPinsNowhere([...PINS, ...WRONG_PINS], server, desk)
  const inDirectory = slapd.search(`ou=people,${BASE}`, `(uid=${alice.loginName})`)
  expect(inDirectory).toContain(alice.loginName)
  for (const pin of PINS) expect(inDirectory).not.toContain(pin)
  expect(desk.faults).toEqual([])
})
