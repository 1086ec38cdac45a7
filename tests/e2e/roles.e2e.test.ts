import { permissionTable, type Role } from '@cardwright/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { openBrowser, type TestBrowser } from './browser.ts'
import { must, userNamed } from './command-line.ts'
import { pictureFailures } from './failure-picture.ts'
import { button, signInAs, signUp } from './operator.ts'
import { startServer, type TestServer } from './server.ts'
import { t } from './texts.ts'

const night = 'Help desk at night'
const says = (id: string): string => permissionTable.find(permission => permission.id === id)?.says ?? id
let server: TestServer
let admin: TestBrowser
let colleague: TestBrowser
let agent: TestBrowser
pictureFailures(
  () => admin,
  () => colleague,
  () => agent,
)
beforeAll(async () => {
  server = await startServer()
  admin = await openBrowser()
  colleague = await admin.other()
  agent = await admin.other()
  await signInAs(admin.page, server, 'Priya Raman', 'ADMINISTRATOR', 'an open window on the third floor')
  await signInAs(colleague.page, server, 'Quentin Dubois', 'ADMINISTRATOR', 'three umbrellas in the stand')
})
afterAll(async () => {
  await agent?.close()
  await colleague?.close()
  await admin?.close()
  await server?.remove()
})

const openRole = async ({ page }: TestBrowser, name: string): Promise<void> => {
  await page.goto(`${server.url}/admin/roles`)
  await page.getByRole('link', { name, exact: true }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}
const stored = async (name: string): Promise<Role | undefined> =>
  (await must<{ rows: Role[] }>(server, 'GET', '/api/roles')).rows.find(role => role.name === name)
const permission = ({ page }: TestBrowser, id: string) => page.getByRole('checkbox', { name: says(id), exact: true })
const save = ({ page }: TestBrowser) => button(page, t('common.save')).click()

test('§1 Roles: a predefined role is shown and not changed; its duplicate with chosen permissions and scope is a role', async () => {
  const { page } = admin
  await openRole(admin, 'Help desk')
  await page.getByText(t('role.readOnly.predefined')).waitFor()
  expect(await page.getByRole('checkbox').count()).toBe(0)
  await expectAccessible(page)
  await page.getByRole('link', { name: t('role.duplicate') }).click()
  await page.getByLabel(t('roles.name')).fill(night)
  await permission(admin, 'device.terminate').uncheck()
  await permission(admin, 'audit.read').check()
  const differences = page.getByRole('region', { name: t('role.differences') })
  await differences.getByText(says('device.terminate')).waitFor()
  await differences.getByText(says('audit.read')).waitFor()
  await expectAccessible(page)
  await button(page, t('role.create')).click()
  await page.getByRole('heading', { level: 1, name: night }).waitFor()
  const made = await stored(night)
  expect(made?.permissions).toContain('audit.read')
  expect(made?.permissions).not.toContain('device.terminate')
})

test('§1 Roles: an operator gets it, and its name is shown wherever the operator is', async () => {
  const { page } = admin
  const { id } = await userNamed(server, 'Anna Lindström')
  await page.goto(`${server.url}/admin/users/${id}`)
  await button(page, t('operators.invite')).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: night }).check()
  await expectAccessible(page)
  await button(dialog, t('operators.inviteDo')).click()
  const link = await dialog.getByText(/#token=/).textContent()
  await button(dialog, t('operators.linkDone')).click()
  await page.getByRole('main').getByText(night).waitFor()

  await signUp(agent.page, link ?? '', 'a bicycle without a bell')
  await agent.page.getByRole('button', { name: t('operator.menu', { name: 'Anna Lindström' }) }).click()
  await agent.page.getByText(night).waitFor()
  await agent.page.keyboard.press('Escape')
  const rail = agent.page.getByRole('navigation', { name: t('nav.main') })
  await rail.getByRole('link', { name: t('nav.audit') }).waitFor()
  expect(await rail.getByRole('link', { name: t('nav.roles') }).count()).toBe(0)
})

test('Two administrators change a role at once: the second is told who was faster, and nothing of the first is lost', async () => {
  await openRole(admin, night)
  await openRole(colleague, night)
  await permission(admin, 'audit.read').uncheck()
  await save(admin)
  await admin.page.getByText(t('common.saved')).first().waitFor()
  await permission(colleague, 'report.read').check()
  await save(colleague)
  const alert = colleague.page.getByRole('alert').filter({ hasText: t('error.conflict.title') })
  await alert.getByText(/Priya Raman/).waitFor()
  await expectAccessible(colleague.page)
  await button(colleague.page, t('error.conflict.reload')).click()
  await permission(colleague, 'audit.read').and(colleague.page.locator(':not(:checked)')).waitFor()
  await permission(colleague, 'report.read').check()
  await save(colleague)
  await colleague.page.getByText(t('common.saved')).first().waitFor()
  const after = await stored(night)
  expect(after?.permissions).not.toContain('audit.read')
  expect(after?.permissions).toContain('report.read')
  // In effect at once for whoever has it.
  await agent.page.reload()
  const rail = agent.page.getByRole('navigation', { name: t('nav.main') })
  await rail.getByRole('link', { name: t('nav.users') }).waitFor()
  expect(await rail.getByRole('link', { name: t('nav.audit') }).count()).toBe(0)
})

test('§1 Roles: a role that somebody has is not deleted; who has it is a list; without holders it goes', async () => {
  const { page } = colleague
  await button(page, t('role.delete')).click()
  const held = page.getByRole('dialog')
  await held.getByText(t('role.deleteHeld', { count: 1 })).waitFor()
  await held.getByRole('link', { name: t('role.showHolders', { count: 1 }) }).click()
  await page.getByRole('link', { name: 'Anna Lindström' }).click()
  await button(page, t('operators.dismiss')).click()
  await button(page.getByRole('dialog'), t('operators.dismiss')).click()
  await page.getByText(t('operators.dismissed', { user: 'Anna Lindström', role: night })).waitFor()
  await openRole(colleague, night)
  await button(page, t('role.delete')).click()
  await button(page.getByRole('dialog'), t('role.delete')).click()
  await page.getByText(t('role.deleted', { name: night })).waitFor()
  expect(await stored(night)).toBeUndefined()
  await agent.page.reload()
  await agent.page.getByRole('button', { name: t('signIn.do'), exact: true }).waitFor()
})

test('§1 Roles: nobody changes their own access; what one does not have cannot be given', async () => {
  const { page } = admin
  const me = await userNamed(server, 'Priya Raman')
  await page.goto(`${server.url}/admin/users/${me.id}`)
  await page.getByText(t('operators.ownAccess')).waitFor()
  expect(await button(page, t('operators.dismiss')).count()).toBe(0)

  // A role that may give roles, and has less than an administrator.
  const { id } = await must<Role>(server, 'POST', '/api/roles', {
    duplicateOf: 'HELP_DESK',
    name: 'Team lead',
    permissions: ['user.read', 'user.write', 'role.read', 'role.write', 'operator.write'],
    scope: 'ALL',
  })
  const anna = await userNamed(server, 'Anna Lindström')
  const { link } = await must<{ link: string }>(server, 'POST', `/api/users/${anna.id}/invitation`, { role: id })
  await signUp(agent.page, link, 'a bicycle without a bell')
  await openRole(agent, 'Team lead')
  await agent.page.getByText(t('role.readOnly.own')).waitFor()
  await agent.page.getByRole('link', { name: t('role.duplicate') }).click()
  await agent.page.getByRole('heading', { level: 1, name: t('role.new', { name: 'Team lead' }) }).waitFor()
  expect(await permission(agent, 'device.issue').isDisabled()).toBe(true)
  await agent.page.getByText(t('role.notYours')).first().waitFor()
  const other = await userNamed(server, 'Björn Åberg')
  await agent.page.goto(`${server.url}/admin/users/${other.id}`)
  await button(agent.page, t('operators.invite')).click()
  const dialog = agent.page.getByRole('dialog')
  expect(await dialog.getByRole('radio', { name: 'Administrator' }).isDisabled()).toBe(true)
  await dialog.getByText(t('operators.roleBeyond')).first().waitFor()
})

test('R-16 R-19 the settings of requests: saved, and a colleague who was slower is told who was faster', async () => {
  const path = `${server.url}/admin/lifecycle`
  await Promise.all([admin.page.goto(path), colleague.page.goto(path)])
  const { page } = admin
  await page.getByRole('switch', { name: t('lifecycle.approverIssuer') }).check({ force: true })
  const damaged = page.getByRole('combobox', {
    name: t('lifecycle.revocation.of', { end: t('lifecycle.end.DAMAGED') }),
  })
  await damaged.selectOption('cessationOfOperation')
  await expectAccessible(page)
  await save(admin)
  await page.getByText('Priya Raman').first().waitFor()
  await colleague.page.getByLabel(t('lifecycle.requestDays')).fill('60')
  await save(colleague)
  const alert = colleague.page.getByRole('alert').filter({ hasText: t('error.conflict.title') })
  await alert.getByText(/Priya Raman/).waitFor()
  const { settings } = await must<{ settings: Record<string, unknown> }>(server, 'GET', '/api/settings/lifecycle')
  expect(settings).toMatchObject({
    requestDays: 30,
    separation: { requesterApprover: true, approverIssuer: true, requesterIssuer: false },
  })
  expect(Object.values(settings.revocationReasons as object)).toEqual([{ DAMAGED: 'cessationOfOperation' }])
})

test('No page has an error in its scripts', () => {
  expect([...admin.faults, ...colleague.faults, ...agent.faults]).toEqual([])
})
