import { type BrowserContext, chromium, type Page } from 'playwright-core'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** One person's browser. */
export type TestBrowser = {
  readonly context: BrowserContext
  readonly page: Page
  /** Every address that was asked for or shown. */
  readonly addresses: ReadonlySet<string>
  /** What broke in the pages' scripts. */
  readonly faults: readonly string[]
  /** Another person at another machine: no cookie in common. */
  other(): Promise<TestBrowser>
  /** Everything that the pages have left in the browser's storage. */
  storage(): Promise<string>
  close(): Promise<void>
}

/** Chromium without the windows of a browser, which nobody would see and which take a sixth of the time. */
export const openBrowser = async (): Promise<TestBrowser> => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium-headless-shell', args: flags })
  const person = async (close: (context: BrowserContext) => Promise<void>): Promise<TestBrowser> => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      locale: 'en-GB',
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    context.setDefaultTimeout(45_000)
    const addresses = new Set<string>()
    const faults: string[] = []
    const watch = (page: Page) => {
      page.on('request', request => void addresses.add(request.url()))
      page.on('framenavigated', frame => void addresses.add(frame.url()))
      page.on('pageerror', error => void faults.push(`${page.url()}: ${error.stack ?? error.message}`))
      page.on('console', message => {
        // Chromium itself reports each answer of 400 and more so; the pages show those to the person.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
          faults.push(`${page.url()}: ${message.text()}`)
        }
      })
    }
    context.on('page', watch)
    const page = await context.newPage()
    return {
      context,
      page,
      addresses,
      faults,
      other: () => person(own => own.close()),
      storage: async () =>
        JSON.stringify(await context.storageState({ indexedDB: true })) + (await sessionStorageOf(page)),
      close: () => close(context),
    }
  }
  return person(() => browser.close())
}

const sessionStorageOf = async (page: Page): Promise<string> =>
  String(await page.evaluate('JSON.stringify({ ...sessionStorage })'))
