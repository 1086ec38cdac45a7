import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { WorkstationNeeds } from '@cardwright/contract'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { chromiumFlags } from '../e2e/workstation-browser.ts'

/** A person's computer: a home folder, Chromium with the extension, and the client, as each got them from the server. */
export type Desk = {
  readonly context: BrowserContext
  readonly page: Page
  readonly home: string
  /** What broke in the pages' scripts. */
  readonly faults: readonly string[]
  /** Everything that the pages sent to the server: addresses, headers, bodies, texts on WebSockets. */
  readonly sent: readonly string[]
  /** Runs the downloaded installer. */
  installClient(): Promise<void>
  uninstallClient(): Promise<void>
  close(): Promise<void>
}

export type DeskOptions = {
  readonly extension?: boolean
  readonly client?: boolean
  /** Another one than the server's, as of an extension that was installed long ago. */
  readonly extensionVersion?: string
  readonly viewport?: { readonly width: number; readonly height: number }
}

// Never waited for in one go: the card lives in this process, and the client's installer looks at it.
const run = promisify(execFile)

const download = async (url: string): Promise<Uint8Array> => {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`)
  return new Uint8Array(await response.arrayBuffer())
}

export const openDesk = async (serverUrl: string, options: DeskOptions = {}): Promise<Desk> => {
  const { extension = true, client = true } = options
  const home = mkdtempSync(join(tmpdir(), 'cardwright-desk-'))
  // Where Chromium of this person has its profile, so that it looks where the installer has put the host's manifest.
  const profile = join(home, '.config/chromium')
  mkdirSync(profile, { recursive: true })
  const needs = (await (await fetch(`${serverUrl}/api/workstation`)).json()) as WorkstationNeeds

  const folder = join(home, 'Downloads')
  mkdirSync(folder)
  writeFileSync(join(folder, 'cardwright.zip'), await download(serverUrl + needs.extension.zip))
  await run('unzip', ['-q', join(folder, 'cardwright.zip'), '-d', join(folder, 'extension')])
  if (options.extensionVersion) {
    const manifest = join(folder, 'extension/manifest.json')
    const content = JSON.parse(readFileSync(manifest, 'utf8'))
    writeFileSync(manifest, JSON.stringify({ ...content, version: options.extensionVersion }))
  }
  const file = needs.client.files.find(f => f.platform === 'linux')
  if (!file) throw new Error('the server has no client for Linux to offer')
  writeFileSync(join(folder, 'client.tar.gz'), await download(serverUrl + file.url))
  await run('tar', ['-xzf', 'client.tar.gz', '--one-top-level=client', '--strip-components=1'], { cwd: folder })
  const script = async (name: string): Promise<void> => {
    await run(join(folder, 'client', name), [], { env: { HOME: home, PATH: '/usr/bin:/bin' } })
  }
  if (client) await script('install.sh')

  const context = await chromium.launchPersistentContext(profile, {
    executablePath: '/usr/bin/chromium',
    args: [...chromiumFlags, ...(extension ? [`--load-extension=${join(folder, 'extension')}`] : [])],
    ignoreDefaultArgs: ['--disable-extensions'],
    env: { ...process.env, HOME: home } as Record<string, string>,
    viewport: options.viewport ?? { width: 1280, height: 900 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(30_000)
  const faults: string[] = []
  const sent: string[] = []
  const watch = (page: Page) => {
    page.on('pageerror', error => void faults.push(String(error.stack ?? error)))
    page.on('request', request => {
      sent.push(`${request.method()} ${request.url()} ${JSON.stringify(request.headers())} ${request.postData() ?? ''}`)
    })
    page.on('websocket', socket => socket.on('framesent', ({ payload }) => void sent.push(String(payload))))
  }
  context.on('page', watch)
  const page = await context.newPage()
  return {
    context,
    page,
    home,
    faults,
    sent,
    installClient: () => script('install.sh'),
    uninstallClient: () => script('uninstall.sh'),
    close: async () => {
      await context.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
