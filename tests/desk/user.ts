import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { t } from '../../apps/portal/src/user/texts/t.ts'

export { t }

export const button = (within: Page | Locator, name: string): Locator =>
  within.getByRole('button', { name, exact: true })
export const link = (within: Page | Locator, name: string): Locator => within.getByRole('link', { name, exact: true })
export const isAt = (page: Page, title: string): Promise<void> =>
  page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor()
export const field = (page: Page, label: string): Locator => page.getByRole('textbox', { name: label, exact: true })

/** As somebody who comes to this computer: nobody's visit is open. */
export const openUserPortal = async (page: Page, serverUrl: string): Promise<void> => {
  await page.context().clearCookies({ name: 'cardwright-user' })
  await page.goto(`${serverUrl}/user`)
  await isAt(page, t('welcome.title'))
}

/** From the first page to the login: this computer is ready, the device is in its reader. */
export const beginSetup = async (page: Page, serverUrl: string): Promise<void> => {
  await openUserPortal(page, serverUrl)
  await link(page, t('welcome.start')).click()
  await isAt(page, t('device.insertTitle'))
  // Its number says that it was read; before that there is nothing to go on with.
  await page.getByText(/^Number \d+$/).waitFor()
  await button(page, t('frame.continue')).click()
  await isAt(page, t('login.title'))
}

export const typeLogin = async (
  page: Page,
  method: 'INITIAL_PASSWORD' | 'LDAP_PASSWORD',
  loginName: string,
  password: string,
): Promise<void> => {
  await field(page, t('login.name')).fill(loginName)
  await page.getByLabel(t(`login.${method}`), { exact: true }).fill(password)
  await button(page, t('login.do')).click()
}

/** Answers as this person types them; the server compares without case and spaces. */
export const answerTo = (question: string): string => `About ${question.split(' ').slice(-3).join(' ')}`

/** The first questions of the catalogue, answered and shown. */
export const setQuestions = async (page: Page): Promise<void> => {
  await isAt(page, t('questions.title'))
  await page.getByLabel(t('questions.show'), { exact: true }).check()
  for (const [at, fieldset] of (await page.locator('fieldset').all()).entries()) {
    const select = fieldset.getByRole('combobox')
    await select.selectOption({ index: at + 1 })
    const question = await select.locator('option:checked').textContent()
    await fieldset.getByLabel(t('questions.answer'), { exact: true }).fill(answerTo(question ?? ''))
  }
  await button(page, t('questions.do')).click()
}

export const issueDevice = async (page: Page): Promise<void> => {
  await isAt(page, t('ready.title'))
  await button(page, t('ready.do')).click()
}

export const chooseNewPin = async (page: Page, pin: string, submit: string): Promise<void> => {
  await page.getByLabel(t('newPin.pin'), { exact: true }).fill(pin)
  await page.getByLabel(t('newPin.again'), { exact: true }).fill(pin)
  await button(page, submit).click()
}

/** From *Issue device* to the confirmation page. */
export const issueToTheEnd = async (page: Page, pin: string): Promise<void> => {
  await issueDevice(page)
  await isAt(page, t('newPin.title'))
  await chooseNewPin(page, pin, t('newPin.do'))
  await isAt(page, t('done.title'))
}

export const logInWithDevice = async (page: Page, serverUrl: string, pin: string): Promise<void> => {
  await openUserPortal(page, serverUrl)
  await link(page, t('welcome.device')).click()
  await isAt(page, t('pinLogin.title'))
  await page.getByLabel(t('pinLogin.pin'), { exact: true }).fill(pin)
  await button(page, t('login.do')).click()
}

/** From the login name to the answers that are sent. `answer` makes what is typed for each question. */
export const typeAnswers = async (
  page: Page,
  loginName: string,
  answer: (question: string) => string,
): Promise<void> => {
  await field(page, t('login.name')).fill(loginName)
  await button(page, t('frame.continue')).click()
  await isAt(page, t('login.answersTitle'))
  const inputs = await page.locator('form input').all()
  expect(inputs).toHaveLength(3)
  for (const input of inputs) {
    const id = await input.getAttribute('id')
    await input.fill(answer((await page.locator(`label[for="${id}"]`).textContent()) ?? ''))
  }
  await button(page, t('login.do')).click()
}

/** The login without a device, up to its answer. */
export const logInWithAnswers = async (
  page: Page,
  serverUrl: string,
  loginName: string,
  answer: (question: string) => string,
): Promise<void> => {
  await openUserPortal(page, serverUrl)
  await link(page, t('welcome.without')).click()
  await typeAnswers(page, loginName, answer)
}

/** The login without a device by the directory's password, up to its answer. */
export const logInWithoutDevice = async (
  page: Page,
  serverUrl: string,
  loginName: string,
  password: string,
): Promise<void> => {
  await openUserPortal(page, serverUrl)
  await link(page, t('welcome.without')).click()
  await isAt(page, t('login.title'))
  await typeLogin(page, 'LDAP_PASSWORD', loginName, password)
}

export const logOut = async (page: Page): Promise<void> => {
  await button(page, t('frame.logOut')).click()
  await isAt(page, t('welcome.title'))
}

export const problem = (page: Page): Locator =>
  page.getByRole('alert').or(page.getByRole('group', { name: t('error.title') }))

/** Calls the API as whoever is logged in on this page, past what the page offers. */
export const asUser = async <T>(
  page: Page,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly body: T }> =>
  (await page.evaluate(
    `(async () => {
      const { csrfToken } = await (await fetch('/api/user/session')).json()
      const response = await fetch(${JSON.stringify(path)}, {
        method: ${JSON.stringify(method)},
        headers: {
          'x-csrf-token': csrfToken,
          'idempotency-key': crypto.randomUUID(),
          'content-type': 'application/json',
        },
        ${body === undefined ? '' : `body: ${JSON.stringify(JSON.stringify(body))},`}
      })
      return { status: response.status, body: await response.json() }
    })()`,
  )) as { status: number; body: T }
