import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { UserPortalSettings } from '@cardwright/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { StageName } from '../../apps/portal/src/user/flow/stages.ts'
import { devicesOf } from '../e2e/certificates.ts'
import { must, userNamed } from '../e2e/command-line.ts'
import { connect, holdAtCertificates } from '../e2e/database.ts'
import { signUp } from '../e2e/operator.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { isBlank } from '../e2e/virtual-cards.ts'
import { blankCard } from '../interop/blank-card.ts'
import { type ClumsyCard, clumsyCard } from './clumsy-card.ts'
import { type Desk, openDesk } from './desk.ts'
import { expectPinsNowhere } from './nowhere.ts'
import { asOperator, assignHere, deviceHere } from './operator.ts'
import { pictureFailures } from './picture.ts'
import { asUser, beginSetup, button, chooseNewPin, isAt, t, typeLogin } from './user.ts'

// CARD-FACTS: SP 800-73pt2-5 §3, and Yubico's SET MANAGEMENT KEY.
const SELECT = { ins: 0xa4 }
/** The answer to the card's witness. The question alone is shorter; it is asked of every card that is put in. */
const AUTHENTICATE = { ins: 0x87, p2: 0x9b, least: 20 }
const CHANGE_PUK = { ins: 0x24, p2: 0x81 }
const SET_PIN = { ins: 0x2c, p2: 0x80 }
const GENERATE_KEY = { ins: 0x47 }
/** Of slot 9A. */
const PUT_CERTIFICATE = { ins: 0xdb, holds: '5c035fc105' }
const GET_DATA = { ins: 0xcb }
/** With another P2 it is a question that changes nothing, asked of every card. */
const SET_ADMINISTRATION_KEY = { ins: 0xff, p2: 0xff }

const PIN = '739142'
const ROSA = 'Rosa Núñez'
const NIKOS = 'Νίκος Παπαδόπουλος'
const UMA = 'Uma'
const cards = [41_000_101, 41_000_102, 41_000_103, 41_000_104].map(serial =>
  clumsyCard(blankCard('yubikey-5.7', serial)),
)
const [pulled, given, reloaded, other] = cards as [ClumsyCard, ClumsyCard, ClumsyCard, ClumsyCard]
const pinOn = ({ card }: ClumsyCard) => Buffer.from(card.state().piv.pin.value.filter(byte => byte !== 0xff)).toString()
let server: TestServer
let desk: Desk

const change = async (news: Partial<UserPortalSettings>): Promise<void> => {
  const path = '/api/settings/user-portal'
  const { version, settings } = await must<{ version: number; settings: UserPortalSettings }>(server, 'GET', path)
  await must(server, 'PUT', path, { version, settings: { ...settings, ...news } })
}

pictureFailures(() => desk)
beforeAll(async () => {
  server = await startServer()
  await change({ enableIssuanceRetry: true, setSecurityQuestions: false })
  desk = await openDesk(server.url)
  await signUp(desk.page, server.setupLink, 'seven brown hens behind a barn')
})
afterAll(async () => {
  await desk?.close()
  for (const card of cards) await card.takeOut()
  await server?.remove()
})

/** A card that an operator has bound here, and its user in front of *Set up this device*. */
const getReady = async (card: ClumsyCard, name: string): Promise<void> => {
  const { page } = desk
  const { id, loginName } = await userNamed(server, name)
  await card.putIn()
  await page.goto(`${server.url}/operator`)
  const { password } = await assignHere(page, id)
  await page.goto('about:blank')
  await beginSetup(page, server.url)
  await typeLogin(page, 'INITIAL_PASSWORD', loginName ?? '', password)
  await isAt(page, t('ready.title'))
}

/** Puts it into the reader again, and waits until the server knows of it: from then on Retry finds it there. */
const putBack = async (card: ClumsyCard): Promise<void> => {
  await card.putIn()
  type Readers = { readers: { card: { serial: string | null } | null }[] }
  const seen = async () => {
    const { body } = await asUser<Readers>(desk.page, 'GET', '/api/user/readers')
    return body.readers.map(reader => reader.card?.serial)
  }
  await expect.poll(seen, { timeout: 30_000 }).toContain(String(card.card.serial))
}

let reported: string | null = null
/** What the failure page says under *What happened*, *At which step* and *What now*, and which stages have failed. */
const failure = async () => {
  const { page } = desk
  await isAt(page, t('failed.title'))
  // With the time of the failure in it: after a Retry, the page of the failure before stays for a moment.
  const report = () => page.getByRole('main').locator('pre').textContent()
  await expect.poll(report, { timeout: 30_000 }).not.toBe(reported)
  reported = await report()
  const said = await page.getByRole('main').locator('dl dd').allTextContents()
  const failed = await page.locator('li[data-state="FAILED"]').allTextContents()
  const buttons = await page.getByRole('main').getByRole('button').allTextContents()
  return { said, failed, buttons }
}

const retryButton = () => button(desk.page, t('failed.retry'))
const begin = () => button(desk.page, t('ready.do')).click()
const choosePin = () => chooseNewPin(desk.page, PIN, t('newPin.do'))

/** Certificates that the CA ever issued for a card: in its own table, whatever the server made of them. */
const certificatesFor = async ({ card }: ClumsyCard): Promise<number> => {
  const client = await connect(server)
  const { rows } = await client.query(
    `SELECT count(*)::int AS count FROM authority_certificates c WHERE EXISTS (
       SELECT 1 FROM issuances i WHERE i.serial = $1 AND starts_with(c.idempotency_key, i.id::text))`,
    [String(card.serial)],
  )
  await client.end()
  return rows[0].count
}

test('U-10: pulled while it is read for the setup: said in words, and the setup begins once it is back', async () => {
  const { page } = desk
  await getReady(pulled, ROSA)
  pulled.pullAt('before', SELECT)
  await begin()
  await page.getByText(t('error.title')).waitFor()
  await page.getByText(t('device.waiting')).waitFor()
  await putBack(pulled)
  await isAt(page, t('ready.title'))
})

const isFailedAt = async (stage: StageName): Promise<void> => {
  const { said, failed, buttons } = await failure()
  expect(failed).toEqual([`${t(`stage.${stage}`)}, ${t('stage.FAILED')}`])
  expect(said).toHaveLength(3)
  expect(said[0]).toMatch(/taken out/)
  expect(said[1]).not.toBe('')
  expect(said[2]).toMatch(/same device back/)
  expect(buttons).toEqual([t('failed.retry'), t('frame.done')])
}

test.each([
  ['prepare', 'before', AUTHENTICATE],
  ['secure', 'after', CHANGE_PUK],
  ['keys', 'after', GENERATE_KEY],
] as const)('U-10 pulled at the stage %s, %s its command: what, step, advice, Done and Retry', async (...at) => {
  const [stage, when, command] = at
  pulled.pullAt(when, command)
  if (stage === 'prepare') await begin()
  else await retryButton().click()
  await isFailedAt(stage)
  await putBack(pulled)
})

test('U-10 pulled while the CA makes the certificates, when the card has nothing to do: the same, as they are to be written', async () => {
  const ca = await holdAtCertificates(server)
  await retryButton().click()
  await ca.reached()
  await pulled.takeOut()
  await ca.letGo()
  await isFailedAt('write')
  await putBack(pulled)
})

test.each([
  ['write', 'after', [PUT_CERTIFICATE]],
  ['check', 'before', [SET_ADMINISTRATION_KEY, GET_DATA]],
] as const)('U-10 pulled at the stage %s, %s its command: what, step, advice, Done and Retry', async (...at) => {
  const [stage, when, commands] = at
  pulled.pullAt(when, ...commands)
  await retryButton().click()
  await isFailedAt(stage)
  if (stage !== 'check') await putBack(pulled)
})

test('I-13 Retry without the card, and with another one: refused in words, and nothing is written to it', async () => {
  const { page } = desk
  await retryButton().click()
  await page.getByText(t('error.title')).waitFor()
  await putBack(other)
  const before = other.card.effects()
  await retryButton().click()
  await page.getByText(/another device/).waitFor()
  expect(other.card.effects()).toBe(before)
  await other.takeOut()
  await putBack(pulled)
  await retryButton().click()
  await isAt(page, t('newPin.title'))
})

test('U-9 pulled while the PIN page waits, and while the PIN is set: said in words, and the PIN is typed again', async () => {
  const { page } = desk
  await pulled.takeOut()
  await choosePin()
  await page.getByText(t('error.title')).waitFor()
  await isAt(page, t('newPin.title'))
  await putBack(pulled)
  pulled.pullAt('after', SET_PIN)
  await choosePin()
  await page.getByText(/taken out/).waitFor()
  await isAt(page, t('newPin.title'))
  await putBack(pulled)
  await choosePin()
  await isAt(page, t('done.title'))
  expect(pinOn(pulled)).toBe(PIN)
  const { id } = await userNamed(server, ROSA)
  const devices = await devicesOf(server, id)
  const credentials = devices[0]?.credentials ?? []
  expect([devices.length, devices[0]?.state, new Set(credentials.map(c => c.state))]).toEqual([
    1,
    'ISSUED',
    new Set(['ISSUED']),
  ])
  // I-17: no second certificate, however often it was begun again.
  expect(await certificatesFor(pulled)).toBe(credentials.length)
  await button(page, t('frame.done')).click()
  await isAt(page, t('welcome.title'))
})

/** Their ids, as the browser has started them for its pages. */
const clientProcesses = async ({ home }: Desk): Promise<number[]> => {
  const ids = (await readdir('/proc')).map(Number).filter(Boolean)
  const lines = await Promise.all(ids.map(id => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')))
  const program = join(home, '.local/share/cardwright-client/cardwright-client')
  return ids.filter((_id, at) => lines[at]?.startsWith(program))
}

let heldAgain: ReturnType<ClumsyCard['holdAt']> | undefined
test('U-9 the tab is loaded anew in the middle: a pause, and the setup goes on by itself to the end', async () => {
  const { page } = desk
  await pulled.takeOut()
  await getReady(reloaded, NIKOS)
  const held = reloaded.holdAt(GENERATE_KEY)
  await begin()
  await held.reached
  let asked = ''
  page.once('dialog', dialog => {
    asked = dialog.type()
    void dialog.accept()
  })
  await page.reload()
  expect(asked).toBe('beforeunload')
  await page.getByText(t('progress.paused')).waitFor()
  // Only a setup that goes on gets there: this command is in a script that the server sends when it has certificates.
  const next = reloaded.holdAt(SET_ADMINISTRATION_KEY)
  held.letGo()
  await next.reached
  heldAgain = next
})

test('the client is killed in the middle: a pause, and the setup goes on by itself; no card, no certificate is lost', async () => {
  const { page } = desk
  // That of the page before it was loaded anew ends by itself.
  await expect.poll(() => clientProcesses(desk), { timeout: 10_000 }).toHaveLength(1)
  const [client = 0] = await clientProcesses(desk)
  process.kill(client, 'SIGKILL')
  await page.getByText(t('progress.paused')).waitFor()
  heldAgain?.letGo()
  await isAt(page, t('newPin.title'))
  await choosePin()
  await isAt(page, t('done.title'))
  expect(pinOn(reloaded)).toBe(PIN)
  const { id } = await userNamed(server, NIKOS)
  expect(await certificatesFor(reloaded)).toBe((await devicesOf(server, id))[0]?.credentials.length)
})

test('U-10 with *Enable issuance retry* = No there is Done and no Retry; an operator gives up and recycles', async () => {
  const { page } = desk
  await reloaded.takeOut()
  await change({ enableIssuanceRetry: false })
  await getReady(given, UMA)
  given.pullAt('after', GENERATE_KEY)
  await begin()
  const { said, buttons } = await failure()
  expect(said[2]).toBe(t('failed.callText'))
  expect(buttons).toEqual([t('frame.done')])
  await button(page, t('frame.done')).click()
  await isAt(page, t('welcome.title'))

  const { id } = await userNamed(server, UMA)
  const [device] = await devicesOf(server, id)
  await given.putIn()
  await page.goto(`${server.url}/operator`)
  await asOperator(page, 'POST', `/api/issuances/${device?.openIssuanceId}/cancel`)
  const recycled = await asOperator<{ id: string }>(page, 'POST', '/api/recycles', await deviceHere(page))
  const state = async () => (await must<{ state: string }>(server, 'GET', `/api/issuances/${recycled.id}`)).state
  await expect.poll(state, { timeout: 30_000 }).toBe('COMPLETED')
  expect(isBlank(given.card.state())).toBe(true)
})

test('the PIN: in nothing that the server received, stored and logged, whatever went wrong', async () => {
  await expectPinsNowhere([PIN], server, desk)
  expect(desk.faults).toEqual([])
})
