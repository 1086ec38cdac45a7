import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import type { WorkstationNeeds } from '@cardwright/contract'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { button, signUp } from './operator.ts'
import { startServer, type TestServer } from './server.ts'
import { sourceClient } from './source-client.ts'
import { t } from './texts.ts'
import {
  openWorkstationBrowser,
  type WorkstationBrowser,
  type WorkstationBrowserOptions,
} from './workstation-browser.ts'

let server: TestServer
let needs: WorkstationNeeds
let extensionZip: Uint8Array
let client: ReturnType<typeof sourceClient>
let foreign: Server
let foreignUrl: string
let desk: WorkstationBrowser | undefined
beforeAll(async () => {
  server = await startServer()
  needs = (await (await fetch(`${server.url}/api/workstation`)).json()) as WorkstationNeeds
  extensionZip = new Uint8Array(await (await fetch(`${server.url}${needs.extension.zip}`)).arrayBuffer())
  client = sourceClient(join(server.dataDir, 'client-home'), needs.origin, needs.extension.id)
  foreign = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end('<h1>Foreign</h1>'),
  )
  await new Promise<void>(resolve => foreign.listen(0, 'localhost', resolve))
  const address = foreign.address()
  foreignUrl = `http://localhost:${address && typeof address === 'object' ? address.port : 0}`
})
afterEach(async () => {
  await desk?.close()
  desk = undefined
})
afterAll(async () => {
  foreign?.close()
  await server?.remove()
})

const openDesk = async (options: Partial<WorkstationBrowserOptions> = {}): Promise<Page> => {
  desk = await openWorkstationBrowser({
    extensionZip,
    extensionId: needs.extension.id,
    clientCommand: client.command,
    clientEnvironment: client.environment,
    ...options,
  })
  return desk.context.newPage()
}

type Said = { type: string; [field: string]: unknown }
/** What the extension and the client say to a page that asks, until the port closes or the client welcomes it. */
const conversation = (page: Page): Promise<Said[] | 'the page does not see the extension'> =>
  page.evaluate(`new Promise(resolve => {
    if (!globalThis.chrome?.runtime?.connect) return resolve('the page does not see the extension')
    const said = []
    const port = chrome.runtime.connect('${needs.extension.id}', { name: 'cardwright' })
    port.onMessage.addListener(message => {
      said.push(message)
      if (message.type === 'welcome') resolve(said)
    })
    port.onDisconnect.addListener(() => resolve(said))
    port.postMessage({ type: 'hello', protocol: 1 })
  })`)

test('a page of the portal reaches the client through the extension, under the id that the server names', async () => {
  const page = await openDesk()
  await page.goto(server.url)
  expect(await conversation(page)).toMatchObject([
    { type: 'extension', version: needs.extension.version },
    { type: 'welcome', protocol: 1, version: needs.client.leastVersion, platform: 'linux' },
  ])
})

test('a page from another origin does not see the extension', async () => {
  const page = await openDesk()
  await page.goto(foreignUrl)
  expect(await conversation(page)).toBe('the page does not see the extension')
  await page.goto(server.url.replace('localhost', '127.0.0.1'))
  expect(await conversation(page)).toBe('the page does not see the extension')
})

test('a page from another origin that the manifest would let in is refused by its exact origin', async () => {
  const page = await openDesk({
    tamper: folder => {
      const path = join(folder, 'manifest.json')
      const manifest = JSON.parse(readFileSync(path, 'utf8'))
      writeFileSync(path, JSON.stringify({ ...manifest, externally_connectable: { matches: ['http://localhost/*'] } }))
    },
  })
  await page.goto(foreignUrl)
  expect(await conversation(page)).toMatchObject([{ type: 'origin-refused' }])
})

test('a client that was installed for another portal refuses the page', async () => {
  const other = sourceClient(join(server.dataDir, 'other-home'), 'https://other.example.org', needs.extension.id)
  const page = await openDesk({ clientCommand: other.command, clientEnvironment: other.environment })
  await page.goto(server.url)
  expect(await conversation(page)).toMatchObject([
    { type: 'extension' },
    { type: 'refused', code: 'ORIGIN_NOT_ALLOWED' },
    { type: 'client-ended' },
  ])
})

const password = 'four green chairs in the hall'
/** The indicator's dialog, with what this workstation lacks unfolded. */
const openDiagnosis = async (page: Page) => {
  await button(page, t('workstation.ready'))
    .or(button(page, t('workstation.attention')))
    .click()
  const dialog = page.getByRole('dialog', { name: t('workstation.label') })
  await dialog.getByText(t('workstation.setUp')).click()
  return dialog
}
const extensionLink = () => t('setup.extensionGet', { version: needs.extension.version ?? '' })

test('U-2 without the extension its link comes first, and none to the client', async () => {
  const page = await openDesk({ extensionZip: null })
  await signUp(page, server.setupLink, password)
  const dialog = await openDiagnosis(page)
  await dialog.getByText(t('setup.state.no-extension')).waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('link', { name: extensionLink() }).click(),
  ])
  expect(download.suggestedFilename()).toBe('cardwright.zip')
  expect(await dialog.getByRole('link').count()).toBe(1)
})

test('U-2 with the extension it asks for the client, finds it by itself once it is installed, and is ready', async () => {
  const page = await openDesk({ clientCommand: null })
  await page.goto(server.url)
  await page.getByLabel(t('signIn.loginName')).fill('admin')
  await page.getByLabel(t('signIn.password'), { exact: true }).fill(password)
  await button(page, t('signIn.do')).click()
  const dialog = await openDiagnosis(page)
  await dialog.getByText(t('setup.state.no-client')).waitFor()
  await dialog.getByText(t('setup.there', { version: needs.extension.version ?? '' })).waitFor()
  expect(await dialog.getByText(extensionLink()).count()).toBe(0)
  desk?.installClient(client.command)
  await dialog.getByText(t('workstation.setUp')).waitFor({ state: 'detached' })
  const there = t('workstation.versionOk', { version: needs.client.leastVersion })
  expect(await dialog.getByText(there, { exact: true }).count(), 'of extension and client').toBe(2)
})

test('the offline page of the extension reaches the client and shows that there is no reader', async () => {
  const page = await openDesk()
  await page.goto(`chrome-extension://${needs.extension.id}/unblock.html`)
  await page.getByText('No reader is connected. Plug one in; it appears by itself.').waitFor()
  expect(await button(page, 'Show challenge').isDisabled()).toBe(true)
})

test("an administrator's policy installs the signed package from the server", async () => {
  const administration = join(server.dataDir, 'etc-chromium')
  const managed = join(administration, 'policies/managed')
  mkdirSync(managed, { recursive: true })
  const policy = await (await fetch(`${server.url}/extension/policy/chromium.json`)).text()
  writeFileSync(join(managed, 'cardwright.json'), policy)
  const page = await openDesk({ extensionZip: null, administration })
  await page.goto(server.url)
  await expect
    .poll(() => conversation(page), { timeout: 40_000, interval: 500 })
    .toMatchObject([{ type: 'extension', version: needs.extension.version }, { type: 'welcome' }])
})
