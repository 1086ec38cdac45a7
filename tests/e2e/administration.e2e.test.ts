import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDevice, policy } from './add-device.ts'
import { openBrowser, type TestBrowser } from './browser.ts'
import { groupNamed, policyNamed, userNamed } from './command-line.ts'
import { connect } from './database.ts'
import { pictureFailures } from './failure-picture.ts'
import { button, openUser, signUp } from './operator.ts'
import { startServer, type TestServer } from './server.ts'
import { t } from './texts.ts'
import { insertBlank } from './virtual-cards.ts'

const copyName = 'Visitors, P-256'
let server: TestServer
let browser: TestBrowser
pictureFailures(() => browser)
beforeAll(async () => {
  server = await startServer()
  browser = await openBrowser()
  await signUp(browser.page, server.setupLink, 'tall ships beside the old mill')
  await insertBlank(server, 'yubikey-5.2')
})
afterAll(async () => {
  await browser?.close()
  await server?.remove()
})

test('Policies: one is duplicated, changed, tried on the card in a reader and published', async () => {
  const { page } = browser
  const original = await policyNamed(server, 'PIV, P-256')
  await page.goto(`${server.url}/admin/policies/${original.id}`)
  await page.getByRole('link', { name: t('versions.duplicate') }).click()
  await page.getByRole('heading', { level: 1, name: t('policy.new') }).waitFor()
  const name = page.getByLabel(new RegExp(`^${t('versions.name')}`)).first()
  expect(await name.inputValue()).toBe(t('versions.copyOf', { name: 'PIV, P-256' }))
  await name.fill(copyName)
  await page.getByLabel(t('policy.minLength')).fill('8')
  await button(page, t('policy.dryRunDo')).click()
  await page.getByText(/^This policy fits/).waitFor()
  await page
    .getByText(t('step.generate-key', { slot: '9A' }))
    .first()
    .waitFor()
  await button(page, t('policy.publishNew')).click()
  const dialog = page.getByRole('dialog')
  expect(await button(dialog, t('policy.publishNew')).isDisabled(), 'publishing takes a note').toBe(true)
  await dialog.getByLabel(t('versions.note')).fill('For visitors of the spring meeting')
  await button(dialog, t('policy.publishNew')).click()
  await page.getByRole('heading', { level: 1, name: copyName }).waitFor()
  const made = await policyNamed(server, copyName)
  expect(made).toMatchObject({ version: 1, note: 'For visitors of the spring meeting' })
  expect(made.content.pin.rules.minLength).toBe(8)
  expect(made.content.slots).toEqual(original.content.slots)
})

test('Policies: a dry run says why a policy does not fit a device; nothing is written', async () => {
  const { page } = browser
  const heavy = await policyNamed(server, 'Security key, RSA-4096 with touch')
  await page.goto(`${server.url}/admin/policies/${heavy.id}`)
  await button(page, t('policy.dryRunDo')).click()
  await page.getByText(/^This policy does not fit/).waitFor()
  await page.getByText(/Slot 9A needs RSA-4096/).waitFor()
})

test('Policies: an edit shows its differences and becomes version 2', async () => {
  const { page } = browser
  const made = await policyNamed(server, copyName)
  await page.goto(`${server.url}/admin/policies/${made.id}`)
  const publish = button(page, t('versions.publish'))
  await publish.waitFor()
  expect(await publish.isDisabled()).toBe(true)
  await page.getByLabel(t('policy.validityDays')).fill('30')
  for (const days of await page.getByLabel(t('policy.certificateDays')).all()) await days.fill('30')
  await page.getByText(t('versions.differences', { version: 1 })).waitFor()
  await publish.click()
  await page.getByRole('dialog').getByLabel(t('versions.note')).fill('A month is enough')
  await button(page.getByRole('dialog'), t('versions.publish')).click()
  await page.getByText(t('versions.published', { version: 2 })).waitFor()
  expect((await policyNamed(server, copyName)).content.validityDays).toBe(30)

  const dialog = page.getByRole('dialog')
  await dialog.waitFor({ state: 'detached' })
  await button(page, t('versions.takeThis', { version: 1 })).click()
  await button(dialog, t('versions.take')).click()
  await page.getByText(t('versions.taken', { version: 1 })).waitFor()
  await page.getByText(t('versions.differences', { version: 2 }), { exact: true }).waitFor()
  await button(page, t('common.discard')).click()
  await page.getByText(t('versions.noDifferences', { version: 2 })).waitFor()
})

test('Groups: an assigned policy is offered to members, I-3', async () => {
  const { page } = browser
  const group = await groupNamed(server, 'Contractors')
  await page.goto(`${server.url}/admin/groups/${group.id}`)
  const policies = page.getByRole('region', { name: t('group.assignments') })
  await policies
    .getByRole('combobox', { name: t('type.INITIAL') })
    .or(policies.getByLabel(t('type.INITIAL')))
    .first()
    .click()
  await page.keyboard.type('Visitors')
  await page.getByRole('option', { name: copyName }).click()
  await page.keyboard.press('Escape')
  await button(page, t('common.save')).click()
  await page.getByText(t('common.saved'), { exact: true }).waitFor()
  await addDevice(page, 'Rosa Núñez')
  await policy(page, copyName).waitFor()
  expect(await policy(page, copyName).isEnabled()).toBe(true)
})

test('Users: one is created, found at once by the search, and changed', async () => {
  const { page } = browser
  await page.goto(`${server.url}/admin/users/new`)
  const field = (name: string) => page.getByLabel(new RegExp(`^${name}`)).and(page.locator('input'))
  await field(t('user.displayName')).fill('Zofia Wiśniewska')
  await field(t('users.login')).fill('zofia.w')
  await field(t('users.email')).fill('not an address')
  await button(page, t('operators.create')).click()
  await page.getByText(t('operators.invalid.email')).waitFor()
  await field(t('users.email')).fill('zofia@meridian.example')
  await button(page, t('operators.create')).click()
  await page.getByRole('heading', { level: 1, name: 'Zofia Wiśniewska' }).waitFor()
  await openUser(page, 'Zofia Wiśniewska')
  await page.getByRole('link', { name: t('user.edit') }).click()
  await field(t('user.department')).fill('Archive')
  await button(page, t('common.save')).click()
  await page.getByText(t('common.saved'), { exact: true }).waitFor()
  expect(await userNamed(server, 'Zofia Wiśniewska')).toMatchObject({ department: 'Archive', loginName: 'zofia.w' })
})

test('Users: a disabled user gets no device', async () => {
  const { page } = browser
  await page.getByRole('radio', { name: t('users.DISABLED') }).click()
  await button(page, t('common.save')).click()
  await page.getByText(t('common.saved'), { exact: true }).last().waitFor()
  await expect.poll(async () => (await userNamed(server, 'Zofia Wiśniewska')).status).toBe('DISABLED')
  await openUser(page, 'Zofia Wiśniewska')
  expect(await button(page, t('user.addDevice')).isDisabled()).toBe(true)
})

test('Audit: the page shows who did what, and the log is found intact until a record is changed', async () => {
  const { page } = browser
  await page.goto(`${server.url}/admin/audit`)
  await page.getByRole('row').filter({ hasText: 'Zofia Wiśniewska' }).first().waitFor()
  await button(page, t('audit.verify')).click()
  await page.getByText(/^The log is intact/).waitFor()

  const database = await connect(server)
  const { rows } = await database.query('SELECT sequence FROM audit ORDER BY sequence OFFSET 3 LIMIT 1')
  const sequence = rows[0]?.sequence
  // The table refuses changes; somebody with all rights in the database can switch that off, and is found out all the same.
  await database
    .query(`SET session_replication_role = replica`)
    .catch(() => database.query('ALTER TABLE audit DISABLE TRIGGER ALL'))
  await database.query(`UPDATE audit SET actor_label = 'Somebody else' WHERE sequence = $1`, [sequence])
  await database.end()
  await button(page, t('audit.verify')).click()
  await page.getByText(new RegExp(`^The log is broken at record ${sequence}`)).waitFor()
  expect(browser.faults).toEqual([])
})
