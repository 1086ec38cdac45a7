import { permissionTable, type RequestView } from '@cardwright/contract'
import { refusalTexts } from '@cardwright/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { edgeProblems } from '../../apps/server/src/http/problem-texts.ts'
import { openBrowser, type TestBrowser } from './browser.ts'
import { must, userNamed } from './command-line.ts'
import { pictureFailures } from './failure-picture.ts'
import { giveDevice } from './given-devices.ts'
import { button, openActions, openUser, signUp, tileOf } from './operator.ts'
import { openQueue, rowFor } from './replacement.ts'
import { startServer, type TestServer } from './server.ts'
import { type TextKey, t } from './texts.ts'

const fatima = 'Fatima al-Sayed'
/** A colleague of Fatima's, and somebody of another group. */
const inside = 'Giulia Rossi'
const outside = 'Anna Lindström'
const roleName = 'Help desk of Engineering'
const NOBODY = '01890a5d-ac96-774b-bcce-b302099a8057'
const says = (id: string): string => permissionTable.find(permission => permission.id === id)?.says ?? id
let server: TestServer
let admin: TestBrowser
let agent: TestBrowser
const lost: Record<string, RequestView> = {}
pictureFailures(
  () => admin,
  () => agent,
)
beforeAll(async () => {
  server = await startServer()
  admin = await openBrowser()
  agent = await admin.other()
  await signUp(admin.page, server.setupLink, 'two lanterns by the harbour wall')
  for (const user of [inside, outside]) {
    const { id, version } = await giveDevice(server, user)
    const report = { version, reason: 'LOST', workflow: 'HELP_DESK_LOCAL', note: '' }
    lost[user] = await must<RequestView>(server, 'POST', `/api/devices/${id}/replacements`, report)
  }
})
afterAll(async () => {
  await agent?.close()
  await admin?.close()
  await server?.remove()
})

const serialOf = (user: string): string => lost[user]?.device?.serial ?? ''
const rail = () => agent.page.getByRole('navigation', { name: t('nav.main') })

test('§1 Roles: Help desk is duplicated, loses a permission and acts for the own groups only; an operator gets it', async () => {
  const { page } = admin
  await page.goto(`${server.url}/admin/roles/HELP_DESK`)
  await page.getByRole('link', { name: t('role.duplicate') }).click()
  await page.getByLabel(t('roles.name')).fill(roleName)
  await page.getByRole('radio', { name: t('roles.scope.OWN_GROUPS') }).check()
  await page.getByRole('checkbox', { name: says('device.terminate'), exact: true }).uncheck()
  await button(page, t('role.create')).click()
  await page.getByRole('heading', { level: 1, name: roleName }).waitFor()

  const { id } = await userNamed(server, fatima)
  await page.goto(`${server.url}/admin/users/${id}`)
  await button(page, t('operators.invite')).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: roleName }).check()
  await button(dialog, t('operators.inviteDo')).click()
  const link = (await dialog.getByText(/#token=/).textContent()) ?? ''
  await button(dialog, t('operators.linkDone')).click()
  await signUp(agent.page, link, 'a bicycle without a bell')
})

test('§1 Scope: lists, search, queues and figures show the own groups and nothing else', async () => {
  const { page } = agent
  const reports = page.getByRole('table', { name: t('home.lossReports') })
  await reports.getByText(serialOf(inside)).waitFor()
  expect(await reports.getByText(serialOf(outside)).count()).toBe(0)

  await rail()
    .getByRole('link', { name: t('nav.users') })
    .click()
  const users = page.getByRole('table', { name: t('users.title') })
  await users.getByText(inside).waitFor()
  expect(await users.getByText(outside).count()).toBe(0)
  for (const row of (await users.getByRole('row').all()).slice(1))
    expect(await row.textContent()).toContain('Engineering')

  await rail()
    .getByRole('link', { name: t('nav.devices') })
    .click()
  const devices = page.getByRole('table', { name: t('devices.title') })
  await devices.getByText(serialOf(inside)).waitFor()
  expect(await devices.getByText(serialOf(outside)).count()).toBe(0)
  await openQueue(page, 'TO_ISSUE')
  await rowFor(page, inside).waitFor()
  expect(await rowFor(page, outside).count()).toBe(0)

  const search = page.getByLabel(t('search.label')).and(page.locator('input'))
  await search.fill(serialOf(outside))
  await page.getByText(t('search.nothing', { q: serialOf(outside) })).waitFor()
  await search.fill('')
})

test('§1 Scope: the address of somebody else is answered as one of nobody', async () => {
  const { page } = agent
  const { id } = await userNamed(server, outside)
  const request = lost[outside]
  const addresses = [
    [`users/${id}`, `users/${NOBODY}`],
    [`devices/${request?.device?.id}`, `devices/${NOBODY}`],
    [`requests/${request?.id}`, `requests/${NOBODY}`],
  ] as const
  for (const pair of addresses) {
    const said: string[] = []
    for (const path of pair) {
      await page.goto(`${server.url}/operator/${path}`)
      await page.getByText(refusalTexts.NOT_FOUND.what).first().waitFor()
      said.push(((await page.getByRole('main').textContent()) ?? '').replace(/urn:uuid:[\w-]+/, ''))
    }
    expect(said[0]).toBe(said[1])
    expect(said[0]).not.toMatch(/Anna|Lindstr/)
  }
})

test('§1 Roles: the menu leads nowhere that the role may not go, nor does the address', async () => {
  const { page } = agent
  const shown: TextKey[] = ['nav.home', 'nav.users', 'nav.devices', 'nav.groups', 'nav.policies']
  for (const key of shown)
    await rail()
      .getByRole('link', { name: t(key), exact: true })
      .waitFor()
  const hidden: TextKey[] = [
    'nav.operators',
    'nav.roles',
    'nav.settings',
    'nav.lifecycle',
    'nav.directory',
    'nav.audit',
  ]
  for (const key of hidden)
    expect(
      await rail()
        .getByRole('link', { name: t(key), exact: true })
        .count(),
    ).toBe(0)
  const addresses = { roles: 'role.read', settings: 'settings.read', lifecycle: 'settings.read', audit: 'audit.read' }
  for (const [path, permission] of Object.entries(addresses)) {
    await page.goto(`${server.url}/admin/${path}`)
    await page.getByText(`Your role does not include the permission ${permission}.`).first().waitFor()
  }
})

test('§1 Roles: the permission that was taken away is greyed with its reason; the others work', async () => {
  const { page } = agent
  await page.goto(`${server.url}/operator`)
  await openUser(page, inside)
  await openActions(page, serialOf(inside))
  const terminate = page.getByRole('menuitem', { name: t('action.terminate') })
  expect(await terminate.isDisabled()).toBe(true)
  await page.keyboard.press('Escape')
  expect(await button(page, t('user.more', { user: inside })).count()).toBe(0)

  await page.goto(`${server.url}/operator/requests/${lost[inside]?.id}`)
  await button(page, t('request.do.cancel')).click()
  await button(page.getByRole('dialog'), t('decide.cancel.do')).click()
  await page.getByText(t('end.CANCELLED', { by: fatima })).waitFor()
  await openUser(page, inside)
  await tileOf(page, serialOf(inside)).getByText(t('state.active'), { exact: true }).waitFor()
})

test('§1 Roles: the last active administrator keeps role and account, whoever may do as much', async () => {
  const deputy = await admin.other()
  const { id } = await must<{ id: string }>(server, 'POST', '/api/roles', {
    duplicateOf: 'ADMINISTRATOR',
    name: 'Deputy',
  })
  const { id: userId } = await userNamed(server, outside)
  const { link } = await must<{ link: string }>(server, 'POST', `/api/users/${userId}/invitation`, { role: id })
  const { page } = deputy
  await signUp(page, link, 'an open window on the third floor')
  const { id: adminId } = await userNamed(server, 'First administrator')
  const { detail } = edgeProblems.LAST_ADMINISTRATOR
  await page.goto(`${server.url}/admin/users/${adminId}`)
  await button(page, t('operators.dismiss')).click()
  const dialog = page.getByRole('dialog')
  await button(dialog, t('operators.dismiss')).click()
  await dialog.getByRole('alert').getByText(detail).waitFor()
  await button(dialog, t('common.cancel')).click()
  await page.getByRole('radio', { name: t('users.DISABLED') }).click()
  await button(page, t('common.save')).click()
  await page.getByRole('alert').getByText(detail).waitFor()
  expect(await userNamed(server, 'First administrator')).toMatchObject({
    status: 'ACTIVE',
    role: { id: 'ADMINISTRATOR' },
  })
  await admin.page.reload()
  await admin.page.getByRole('heading', { level: 1 }).waitFor()
  expect(deputy.faults).toEqual([])
  await deputy.close()
})

test('No page has an error in its scripts', () => {
  expect([...admin.faults, ...agent.faults]).toEqual([])
})
