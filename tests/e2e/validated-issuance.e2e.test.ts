import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOperator } from '../desk/operator.ts'
import { addDevice, issueButton, policy, typePin } from './add-device.ts'
import { openBrowser, type TestBrowser } from './browser.ts'
import { devicesOf } from './certificates.ts'
import { changeOption, changeSettings, must, policyNamed, userNamed } from './command-line.ts'
import { pictureFailures } from './failure-picture.ts'
import { button, openUser, signInAs, signUp } from './operator.ts'
import { isRequest, openQueue, openRequest, rowFor } from './replacement.ts'
import { startServer, type TestServer } from './server.ts'
import { t } from './texts.ts'
import { insertBlank } from './virtual-cards.ts'

const anna = 'Anna Lindström'
const björn = 'Björn Åberg'
const daniel = "Daniel O'Connor"
const giulia = 'Giulia Rossi'
/** Who is one of the Validation officers as well. */
const carmen = 'Carmen Ortiz Peña'
const P256 = 'PIV, P-256'
const pin = '58203917'
let server: TestServer
let officer: TestBrowser
let validator: TestBrowser
let second: TestBrowser
pictureFailures(
  () => officer,
  () => validator,
  () => second,
)
beforeAll(async () => {
  server = await startServer()
  officer = await openBrowser()
  validator = await officer.other()
  second = await officer.other()
  await changeSettings(server, { pinDisplayMode: 'DISPLAYED', changePinDuringIssuance: false })
  const { id, version, content } = await policyNamed(server, P256)
  await must(server, 'PUT', `/api/policies/${id}`, {
    version,
    content: { ...content, approval: 'REQUIRED' },
    note: 'Only after approval',
  })
  await signInAs(officer.page, server, 'Priya Raman', 'ISSUANCE_OFFICER', 'an open window on the third floor')
  await signInAs(validator.page, server, 'Quentin Dubois', 'VALIDATION_OFFICER', 'three umbrellas in the stand')
  await signInAs(second.page, server, carmen, 'VALIDATION_OFFICER', 'a kettle that never boils')
})
afterAll(async () => {
  await second?.close()
  await validator?.close()
  await officer?.close()
  await server?.remove()
})

/** From Add Device to the page of the request, by way of the policy that needs approval. */
const ask = async (
  user: string,
  said: 'addDevice.approvalNeededText' | 'addDevice.requestNeededText' = 'addDevice.approvalNeededText',
): Promise<void> => {
  const { page } = officer
  await addDevice(page, user)
  await policy(page, P256).click()
  await page.getByText(t(said, { policy: P256, user })).waitFor()
  expect(await issueButton(page).isDisabled()).toBe(true)
  await button(page, t('requestIssuance.do')).click()
  const dialog = page.getByRole('dialog', { name: t('requestIssuance.title') })
  await dialog.getByRole('textbox').fill('New in the laboratory')
  await button(dialog, t('requestIssuance.do')).click()
  await page.getByRole('heading', { level: 1, name: t('request.title.ISSUANCE', { user }) }).waitFor()
}

test('A policy that needs approval is asked for instead of issued; the queue of whoever approves fills by itself', async () => {
  const { page } = validator
  await openQueue(page, 'TO_APPROVE')
  await page.getByText(t('requests.empty.TO_APPROVE.title')).waitFor()
  await insertBlank(server, 'yubikey-5.7')
  await ask(anna)
  await isRequest(officer.page, 'requestState.PENDING_APPROVAL')
  await rowFor(page, anna).waitFor()
  await page.getByRole('link', { name: /1.*waiting for you/ }).waitFor()
})

test('It is approved without leaving the queue, and then issued from Add Device', async () => {
  const { page } = validator
  await button(rowFor(page, anna), t('requests.approveFor', { user: anna })).click()
  const dialog = page.getByRole('dialog', { name: t('decide.approve.title') })
  await dialog.getByText('New in the laboratory').waitFor()
  await button(dialog, t('decide.approve.do')).click()
  await page.getByText(t('requests.empty.TO_APPROVE.title')).waitFor()

  await isRequest(officer.page, 'requestState.APPROVED')
  await addDevice(officer.page, anna)
  await policy(officer.page, P256)
    .filter({ hasText: t('addDevice.approvalGiven') })
    .click()
  await typePin(officer.page, pin)
  await issueButton(officer.page).click()
  await officer.page.getByText(/is Active/).waitFor()
  await openRequest(page, 'ENDED', anna)
  await isRequest(page, 'requestState.COMPLETED')
})

test('Bad input: of two officers who decide at once one wins; the other is told who and when, and keeps what was typed', async () => {
  await insertBlank(server, 'yubikey-5.2')
  await ask(björn)
  await openRequest(validator.page, 'TO_APPROVE', björn)
  await openRequest(second.page, 'TO_APPROVE', björn)
  const reason = 'Björn is on leave until May'
  await button(second.page, t('request.do.deny')).click()
  const late = second.page.getByRole('dialog', { name: t('decide.deny.title') })
  await late.getByRole('textbox').fill(reason)

  await button(validator.page, t('request.do.approve')).click()
  await button(validator.page, t('decide.approve.do')).click()
  await isRequest(validator.page, 'requestState.APPROVED')

  const refuse = button(late, t('decide.deny.do'))
  if (await refuse.isEnabled()) await refuse.click()
  const told = late.getByRole('alert')
  await told.getByText(/^Changed by Quentin Dubois at /).waitFor()
  await told.getByText(t('requestState.APPROVED'), { exact: true }).waitFor()
  expect(await late.getByRole('textbox').inputValue()).toBe(reason)
  expect(await refuse.isDisabled()).toBe(true)
  await late.getByRole('button', { name: t('common.cancel') }).click()
  await isRequest(second.page, 'requestState.APPROVED')
})

test('Bad input: who leaves the page aside and issues without approval is refused in words, and nothing begins', async () => {
  const { page } = officer
  const { id: userId } = await userNamed(server, daniel)
  const { id: policyId } = await policyNamed(server, P256)
  type Readers = { readers: { id: string; card: { insertion: string } | null }[] }
  const { readers } = await asOperator<Readers>(page, 'GET', '/api/readers')
  const reader = readers.find(one => one.card)
  const at = { readerId: reader?.id, insertion: reader?.card?.insertion }
  await expect(
    asOperator(page, 'POST', '/api/issuances', { ...at, userId, policyId, action: 'ISSUE', pin }),
  ).rejects.toThrow(/409.*PIV, P-256 is issued only after approval.*a Validation officer approves it/)
  expect(await devicesOf(server, userId)).toEqual([])
})

test('R-9 a denial needs a reason, which whoever asked reads; the next request is one of its own', async () => {
  const { page } = validator
  const reason = 'There is no contract yet'
  await ask(daniel)
  await openRequest(page, 'TO_APPROVE', daniel)
  await button(page, t('request.do.deny')).click()
  const dialog = page.getByRole('dialog', { name: t('decide.deny.title') })
  const deny = button(dialog, t('decide.deny.do'))
  for (const empty of ['', '   ']) {
    await dialog.getByRole('textbox').fill(empty)
    expect(await deny.isDisabled()).toBe(true)
  }
  const requestId = new URL(page.url()).pathname.split('/').at(-1)
  const { version } = await asOperator<{ version: number }>(page, 'GET', `/api/requests/${requestId}`)
  await expect(asOperator(page, 'POST', `/api/requests/${requestId}/deny`, { version, note: ' ' })).rejects.toThrow(
    /: 400 .*"note"/,
  )
  await dialog.getByRole('textbox').fill(reason)
  await deny.click()
  await isRequest(page, 'requestState.DENIED')

  await isRequest(officer.page, 'requestState.DENIED')
  await officer.page.getByText(reason).first().waitFor()
  await ask(daniel)
  await openRequest(page, 'TO_APPROVE', daniel)
  await button(page, t('request.do.approve')).click()
  await button(page.getByRole('dialog'), t('decide.approve.do')).click()
  await isRequest(page, 'requestState.APPROVED')
})

test('R-16 Bad input: nobody approves what they asked for, nor what they are to get themselves', async () => {
  const refusal = (page: Page) =>
    page.getByText(/^Approve: You are the requester of this request, and another person has to do this/).waitFor()
  await ask(carmen)
  await openRequest(second.page, 'TO_APPROVE', carmen)
  await refusal(second.page)
  expect(await button(second.page, t('request.do.approve')).isDisabled()).toBe(true)
  await openRequest(validator.page, 'TO_APPROVE', carmen)
  expect(await button(validator.page, t('request.do.approve')).isEnabled()).toBe(true)

  const administrator = await officer.other()
  const { page } = administrator
  await signUp(page, server.setupLink, 'a bell that rings at low tide')
  await openUser(page, 'Ivana Dvořáková')
  await button(page, t('user.more', { user: 'Ivana Dvořáková' })).click()
  await page.getByRole('menuitem', { name: t('requestIssuance.menu') }).click()
  await button(page.getByRole('dialog'), t('requestIssuance.do')).click()
  await isRequest(page, 'requestState.PENDING_APPROVAL')
  await refusal(page)
  expect(await button(page, t('request.do.approve')).isDisabled()).toBe(true)
  const requestId = new URL(page.url()).pathname.split('/').at(-1)
  await expect(asOperator(page, 'POST', `/api/requests/${requestId}/approve`, { version: 1 })).rejects.toThrow(
    /: 403 .*SEPARATION_OF_DUTIES/,
  )
  expect(administrator.faults).toEqual([])
  await administrator.close()
})

test('A request that is open leads from the page of its user to where it stands', async () => {
  const { page } = officer
  await openUser(page, björn)
  await page.getByText(t('next.issueAtDesk', { user: björn })).waitFor()
  await page
    .getByRole('link', { name: t('request.do.open') })
    .first()
    .click()
  await isRequest(page, 'requestState.APPROVED')
})

test('N-3 CardsRequestApproval off: nobody is said to approve, and the request is approved as it is made', async () => {
  await changeOption(server, 'CardsRequestApproval', false)
  await ask(giulia, 'addDevice.requestNeededText')
  await isRequest(officer.page, 'requestState.APPROVED')
})

test('No page has an error in its scripts', () => {
  expect([...officer.faults, ...validator.faults, ...second.faults]).toEqual([])
})
