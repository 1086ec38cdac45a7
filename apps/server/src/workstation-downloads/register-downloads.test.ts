import { createHash, generateKeyPairSync } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { routes, type WorkstationNeeds, workstationNeeds } from '@cardwright/contract'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createApp } from '../http/app.ts'
import { createEventStreams } from '../http/event-stream.ts'
import { createRegistrar } from '../http/registrar.ts'
import { registerWorkstationRoutes } from '../http/routes/workstation.ts'
import { addressOf } from '../http/same-origin.ts'
import type { ExtensionKey } from './crx.ts'
import { createDownloads } from './downloads.ts'
import { registerDownloads } from './register-downloads.ts'

const CLIENT = 'cardwright-client-0.3.0-linux-x64.tar.gz'
let folder: string
let app: FastifyInstance
let keysMade: number
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cardwright-downloads-'))
  keysMade = 0
  const address = addressOf({ host: '127.0.0.1', port: 80, url: 'https://cards.example.org' })
  app = await createApp({ log: pino({ level: 'silent' }), address: () => address, secure: true, trustProxy: false })
  const downloads = createDownloads({
    openKey: async (): Promise<ExtensionKey> => {
      keysMade++
      const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
      return { privateKey, publicKey: Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' })) }
    },
    publicUrl: () => address.publicUrl,
    extensionFolder: join(folder, 'extension'),
    clientFolder: join(folder, 'client'),
  })
  const registrar = createRegistrar(app, {
    authenticate: async () => null,
    authenticateVisitor: async () => null,
    idempotency: { once: async () => expect.unreachable() },
    streams: createEventStreams(async () => true),
    visibility: { isVisible: async () => true },
    denied: async () => {},
  })
  registerWorkstationRoutes(registrar, { downloads })
  registerDownloads(app, downloads)
})
afterEach(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const buildExtension = (version = '1.2.3') => {
  mkdirSync(join(folder, 'extension/icons'), { recursive: true })
  writeFileSync(join(folder, 'extension/icons/16.png'), 'png')
  writeFileSync(join(folder, 'extension/manifest.json'), JSON.stringify({ manifest_version: 3, version }))
}
const buildClient = () => {
  mkdirSync(join(folder, 'client'))
  writeFileSync(join(folder, 'client', CLIENT), gzipSync(Buffer.alloc(1024)))
  const files = [{ name: CLIENT, folder: 'cardwright-client', platform: 'linux', arch: 'x64', bytes: 1, sha256: '' }]
  writeFileSync(join(folder, 'client/index.json'), JSON.stringify({ version: '0.3.0', files }))
}
const get = (url: string, headers: Record<string, string> = {}) =>
  app.inject({ method: 'GET', url, headers: { host: 'cards.example.org', ...headers } })
const needs = async () => (await get(routes.workstationNeeds.path)).json<WorkstationNeeds>()

test('U-2 what a workstation needs, with versions, addresses and digests that hold', async () => {
  buildExtension()
  buildClient()
  const answer = workstationNeeds.parse(await needs())
  expect(answer).toMatchObject({
    origin: 'https://cards.example.org',
    extension: { version: '1.2.3', zip: '/extension/cardwright.zip', crx: '/extension/cardwright.crx' },
    client: { version: '0.3.0', files: [{ platform: 'linux', arch: 'x64', url: `/client/${CLIENT}` }] },
  })
  const [file] = answer.client.files
  const download = await get(file?.url ?? '')
  expect(download.headers).toMatchObject({
    'content-type': 'application/gzip',
    'content-length': String(file?.bytes),
    'content-disposition': `attachment; filename="${CLIENT}"`,
  })
  expect(createHash('sha256').update(download.rawPayload).digest('hex')).toBe(file?.sha256)
})

test.each([
  ['/extension/cardwright.zip', 'application/zip', 'PK'],
  ['/extension/cardwright.crx', 'application/x-chrome-extension', 'Cr24'],
  ['/extension/updates.xml', 'text/xml; charset=utf-8', '<?xml'],
  ['/extension/policy/chrome.json', 'application/json; charset=utf-8', '{'],
])('%s has its type, and is not sent again to whoever has it', async (url, type, begin) => {
  buildExtension()
  const first = await get(url)
  expect([first.statusCode, first.headers['content-type'], first.headers['cache-control']]).toEqual([
    200,
    type,
    'no-cache',
  ])
  expect(first.body.startsWith(begin)).toBe(true)
  const again = await get(url, { 'if-none-match': String(first.headers.etag) })
  expect([again.statusCode, again.body]).toEqual([304, ''])
})

test.each([
  ['chrome', { toolbar_pin: 'force_pinned' }],
  ['chromium', { toolbar_pin: 'force_pinned' }],
  ['edge', { toolbar_state: 'force_shown' }],
])(
  'the policy for %s installs the extension from here, under the id that the portal names',
  async (browser, button) => {
    buildExtension()
    const { id } = (await needs()).extension
    const update_url = 'https://cards.example.org/extension/updates.xml'
    expect((await get(`/extension/policy/${browser}.json`)).json()).toEqual({
      ExtensionSettings: {
        [id]: { installation_mode: 'force_installed', update_url, override_update_url: true, ...button },
      },
      NativeMessagingAllowlist: ['org.cardwright.client'],
    })
    const updates = (await get('/extension/updates.xml')).body
    expect(updates).toContain(`<app appid="${id}">`)
    expect(updates).toContain('codebase="https://cards.example.org/extension/cardwright.crx" version="1.2.3"')
    expect(keysMade).toBe(1)
  },
)

test('what was not built is said to be so, with what to do', async () => {
  expect(await needs()).toMatchObject({ extension: { version: null }, client: { version: null, files: [] } })
  const extension = await get('/extension/cardwright.zip')
  expect([extension.statusCode, extension.json().code]).toEqual([404, 'EXTENSION_NOT_BUILT'])
  const client = await get(`/client/${CLIENT}`)
  expect([client.statusCode, client.json().code]).toEqual([404, 'CLIENT_NOT_BUILT'])
  expect(client.json().advice).toContain('npm run build:client')
})

test('an extension that is built while the server runs is found, and a newer one takes its place', async () => {
  expect((await needs()).extension.version).toBeNull()
  buildExtension()
  expect((await needs()).extension.version).toBe('1.2.3')
  buildExtension('1.3.0')
  utimesSync(join(folder, 'extension/manifest.json'), 1_900_000_000, 1_900_000_000)
  expect((await needs()).extension.version).toBe('1.3.0')
})

test.each(['/client/index.json', '/client/..%2F..%2Fetc%2Fpasswd', '/client/nothing.tar.gz'])(
  '%s is no file that is offered',
  async url => {
    buildClient()
    expect((await get(url)).statusCode).toBe(404)
  },
)

test('whoever asks too often from one address has to wait', async () => {
  buildExtension()
  let last = 200
  for (let i = 0; i < 61; i++) last = (await get('/extension/updates.xml')).statusCode
  expect(last).toBe(429)
})
