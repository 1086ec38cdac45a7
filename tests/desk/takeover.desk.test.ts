import type { AuditEntry, Device } from '@cardwright/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { must, userNamed } from '../e2e/command-line.ts'
import { holdOverConnection } from '../e2e/database.ts'
import { signUp } from '../e2e/operator.ts'
import type { TestServer } from '../e2e/server.ts'
import { blankCard } from '../interop/blank-card.ts'
import { attachCard } from '../interop/pcscd.ts'
import { type Desk, openDesk } from './desk.ts'
import { assignHere } from './operator.ts'
import { pictureFailures } from './picture.ts'
import { startTwoServers, type TwoServers } from './two-servers.ts'
import { beginSetup, chooseNewPin, isAt, issueDevice, setQuestions, t, typeLogin } from './user.ts'

/** A server's lease of 30 s has to end before another one may take over (apps/server/src/compose.ts). */
const TAKEN_OVER = { timeout: 90_000 }
const PINS = ['739142', '260871'] as const
const PEOPLE = [
  { loginName: 'anna.lindstrom', displayName: 'Anna Lindström' },
  { loginName: 'bjorn.aberg', displayName: 'Björn Åberg' },
] as const

let servers: TwoServers
let desk: Desk
pictureFailures(() => desk)
beforeAll(async () => {
  servers = await startTwoServers()
  desk = await openDesk(servers.url)
  await signUp(desk.page, servers.setupLink, 'four green chairs in the hall')
})
afterAll(async () => {
  await desk?.close()
  await servers?.remove()
})

const title = (name: string) => desk.page.getByRole('heading', { level: 1, name, exact: true })
const pause = () => desk.page.getByText(t('progress.paused'))

const PAUSED = `${t('progress.title')}: ${t('progress.paused')}`

/** What the page says from now on, in its order, however shortly it says it: its title, and whether it is a pause. */
const watchPage = async (): Promise<() => Promise<string[]>> => {
  await desk.page.evaluate(`{
    const said = []
    const note = () => {
      const title = document.querySelector('h1')?.textContent
      const pause = ${JSON.stringify(t('progress.paused'))}
      const now = document.body.textContent.includes(pause) ? title + ': ' + pause : title
      if (title && said.at(-1) !== now) said.push(now)
    }
    note()
    new MutationObserver(note).observe(document, { subtree: true, childList: true, characterData: true })
    globalThis.said = said
  }`)
  return () => desk.page.evaluate('said') as Promise<string[]>
}

/** A new card, bound to this person by an operator, in the reader of a desk where the person has logged in. */
const arrive = async (who: (typeof PEOPLE)[number], serial: number, server: TestServer) => {
  const { page } = desk
  const card = blankCard('yubikey-5.7', serial)
  const attached = await attachCard(card)
  const { id } = await userNamed(server, who.displayName)
  await page.goto(servers.url)
  const { password } = await assignHere(page, id)
  await page.goto('about:blank')
  await beginSetup(page, servers.url)
  await typeLogin(page, 'INITIAL_PASSWORD', who.loginName, password)
  await setQuestions(page)
  const pinOnCard = () => Buffer.from(card.state().piv.pin.value.filter(byte => byte !== 0xff)).toString()
  return { ...attached, pinOnCard, userId: id }
}

/** One working device with its four certificates and no other certificate, nothing left open, and an unbroken audit. */
const expectOneDevice = async (server: TestServer, userId: string): Promise<void> => {
  const { rows } = await must<{ rows: Device[] }>(server, 'GET', `/api/users/${userId}/devices`)
  expect(rows.map(d => [d.state, d.credentials.map(c => `${c.slot} ${c.state}`).sort()])).toEqual([
    ['ISSUED', ['9A ISSUED', '9C ISSUED', '9D ISSUED', '9E ISSUED']],
  ])
  expect((await must<{ intact: boolean }>(server, 'POST', '/api/audit/verify')).intact).toBe(true)
}

const actionsOf = async (server: TestServer, userId: string): Promise<string[]> => {
  const { rows } = await must<{ rows: AuditEntry[] }>(server, 'GET', `/api/audit?userId=${userId}&limit=200`)
  return rows.map(row => row.action)
}

test('I-17: the server dies while the card is half written; the other one takes over after a pause, by itself', async () => {
  const { first, second } = servers
  const at = await arrive(PEOPLE[0], 41_200_001, first)
  const held = await holdOverConnection(await servers.connect())
  await issueDevice(desk.page)
  await held.reached()
  const said = await watchPage()
  await first.kill()
  await pause().waitFor()
  await held.letGo()
  await title(t('newPin.title')).waitFor(TAKEN_OVER)
  // How often it says so depends on how long the other server takes; nothing else is said in between.
  const all = await said()
  expect([all.at(0), all.at(1), all.at(-1)]).toEqual([t('progress.title'), PAUSED, t('newPin.title')])
  expect(new Set(all)).toEqual(new Set([t('progress.title'), PAUSED, t('newPin.title')]))
  await chooseNewPin(desk.page, PINS[0], t('newPin.do'))
  await isAt(desk.page, t('done.title'))
  expect(at.pinOnCard()).toBe(PINS[0])
  await expectOneDevice(second, at.userId)
  expect(await actionsOf(second, at.userId)).toContain('issuance.retried')
  await at.detach()
}, 240_000)

test('I-17: the server dies while the user chooses a PIN; it is set by the other one', async () => {
  const { first, second } = servers
  await first.start()
  const at = await arrive(PEOPLE[1], 41_200_002, second)
  await issueDevice(desk.page)
  await isAt(desk.page, t('newPin.title'))
  const said = await watchPage()
  await second.kill()
  await chooseNewPin(desk.page, PINS[1], t('newPin.do'))
  await isAt(desk.page, t('done.title'))
  expect(await said()).toEqual([t('newPin.title'), t('done.title')])
  expect(at.pinOnCard()).toBe(PINS[1])
  await expectOneDevice(first, at.userId)
  await at.detach()
  expect(desk.faults).toEqual([])
}, 240_000)
