import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import { startServer, type TestServer } from '../e2e/server.ts'
import { blankCard } from '../interop/blank-card.ts'
import { attachCard } from '../interop/pcscd.ts'
import { type Desk, openDesk } from './desk.ts'
import { pictureFailures } from './picture.ts'
import { isAt, link, openUserPortal, t } from './user.ts'

let server: TestServer
let desk: Desk | undefined

pictureFailures(() => desk)
beforeAll(async () => {
  server = await startServer()
})
afterEach(async () => {
  await desk?.close()
  desk = undefined
})
afterAll(() => server?.remove())

const start = async ({ page }: Desk): Promise<void> => {
  await openUserPortal(page, server.url)
  await link(page, t('welcome.start')).click()
}
type Part = 'extension' | 'client'
const isMissing = ({ page }: Desk, what: `no-${Part}` | `${Part}-too-old`): Promise<void> =>
  page
    .getByRole('main')
    .getByText(t(`setup.state.${what}`))
    .waitFor()
/** Below *What this computer needs*, and the downloads that are offered. */
const needs = async ({ page }: Desk) => {
  const links = await page.locator('a[download]').all()
  return {
    parts: await page
      .getByRole('list', { name: t('setup.parts'), exact: true })
      .getByRole('listitem')
      .allTextContents(),
    downloads: await Promise.all(links.map(download => download.getAttribute('href'))),
  }
}

test('U-2 no extension: its link and not yet the client’s', async () => {
  desk = await openDesk(server.url, { extension: false, client: false })
  await start(desk)
  await isAt(desk.page, t('computer.title'))
  await isMissing(desk, 'no-extension')
  expect(await needs(desk)).toEqual({
    parts: ['Browser extension missing', 'Client comes after the extension'],
    downloads: ['/extension/cardwright.zip'],
  })
  const download = await desk.page.request.get(`${server.url}/extension/cardwright.zip`)
  expect(download.status()).toBe(200)
})

test('U-2 extension, no client: the client’s link for this platform; once it is installed the page goes on by itself', async () => {
  desk = await openDesk(server.url, { client: false })
  const { page } = desk
  await start(desk)
  await isMissing(desk, 'no-client')
  const { parts, downloads } = await needs(desk)
  expect(parts).toEqual(['Browser extension there, version 0.1.0', 'Client missing'])
  expect(downloads).toEqual([expect.stringMatching(/^\/client\/cardwright-client-.*-linux-/)])
  await page.evaluate('window.sameVisit = true')
  await desk.installClient()
  await isAt(page, t('device.insertTitle'))
  expect(await page.evaluate('window.sameVisit')).toBe(true)
})

/** Speaks as an early client would: one welcome, native messaging's frames of a length and JSON around it. */
const earlyClient = `#!${process.execPath}
const welcome = { type: 'welcome', protocol: 1, version: '0.0.1', platform: 'linux', pcsc: { available: true }, printers: [], printersSupported: false }
const text = Buffer.from(JSON.stringify(welcome))
const length = Buffer.alloc(4)
length.writeUInt32LE(text.length)
process.stdin.once('data', () => process.stdout.write(Buffer.concat([length, text])))
process.stdin.once('end', () => process.exit())
`

test('U-2 a client that is too old: said with both versions; once the new one is installed the page goes on by itself', async () => {
  desk = await openDesk(server.url)
  const { page } = desk
  const program = join(desk.home, '.local/share/cardwright-client/cardwright-client')
  await rm(program)
  await writeFile(program, earlyClient, { mode: 0o755 })
  await start(desk)
  await isMissing(desk, 'client-too-old')
  const { parts, downloads } = await needs(desk)
  expect(parts[1]).toBe('Client version 0.0.1 is too old; 0.1.0 is needed')
  expect(downloads).toEqual([expect.stringMatching(/^\/client\/cardwright-client-.*-linux-/)])
  await desk.installClient()
  await isAt(page, t('device.insertTitle'))
})

test('U-2 an extension that is too old: said with both versions, with its link and not the client’s', async () => {
  desk = await openDesk(server.url, { extensionVersion: '0.0.1' })
  await start(desk)
  await isMissing(desk, 'extension-too-old')
  const { parts, downloads } = await needs(desk)
  expect(parts[0]).toBe('Browser extension version 0.0.1 is too old; 0.1.0 is needed')
  expect(downloads).toEqual(['/extension/cardwright.zip'])
})

test('the PC/SC service ends and comes back while the page waits for a device: the readers are back by themselves', async () => {
  desk = await openDesk(server.url)
  const { page } = desk
  await start(desk)
  await page.getByText(t('device.waiting')).waitFor()
  await service('stop')
  await page.getByText(t('device.noReaders')).waitFor()
  await service('start')
  await page.getByText(t('device.waiting')).waitFor()
  const attached = await attachCard(blankCard('yubikey-5.7', 41_000_201))
  await page.getByText(t('device.serial', { serial: '41000201' })).waitFor()
  await attached.detach()
})

/** The one pcscd is the setup's, in another process. */
const service = async (what: 'stop' | 'start'): Promise<void> => {
  const answer = await fetch(`${inject('pcscdControl')}/${what}`, { method: 'POST' })
  expect(await answer.text()).toBe('done')
}
