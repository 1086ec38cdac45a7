import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Worker } from 'playwright-core'

export type WorkstationBrowserOptions = {
  /** The package as the server offers it (/extension/cardwright.zip); null = a browser without it. */
  readonly extensionZip: Uint8Array | null
  readonly extensionId: string
  /** Program and arguments of the client; null = none is installed. The browser adds its own arguments. */
  readonly clientCommand: readonly string[] | null
  readonly clientEnvironment?: Readonly<Record<string, string>>
  /** Changes the unpacked extension before the browser loads it. */
  readonly tamper?: (folder: string) => void
  /** A folder in place of /etc/chromium, with `policies/managed` in it: what an administrator has decided. */
  readonly administration?: string
  readonly viewport?: { readonly width: number; readonly height: number }
}

/** A browser at a desk: the extension and the client beside it, in a profile of its own. */
export type WorkstationBrowser = {
  readonly context: BrowserContext
  /** Where the browser looks for native-messaging hosts. */
  readonly nativeHosts: string
  /** Installs the client, or another one, for whoever connects next. */
  installClient(command: readonly string[]): void
  removeClient(): void
  /** The extension's service worker, started if it sleeps. */
  serviceWorker(): Promise<Worker>
  close(): Promise<void>
}

const CHROMIUM = '/usr/bin/chromium'
/** An extension that a policy asks for is fetched in the background. */
const BACKGROUND = '--disable-background-networking'

export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  BACKGROUND,
  '--disable-component-update',
  '--disable-sync',
  // Branded and newer builds ignore --load-extension without it.
  '--disable-features=DisableLoadExtensionCommandLineSwitch',
]

/** Chromium with the unpacked extension, as "Load unpacked" does it, and the client under its name. */
export const openWorkstationBrowser = async (options: WorkstationBrowserOptions): Promise<WorkstationBrowser> => {
  const folder = mkdtempSync(join(tmpdir(), 'cardwright-desk-'))
  const profile = join(folder, 'profile')
  const nativeHosts = join(profile, 'NativeMessagingHosts')
  const manifest = join(nativeHosts, 'org.cardwright.client.json')
  mkdirSync(nativeHosts, { recursive: true })

  const installClient = ([program = '', ...args]: readonly string[]) => {
    const path = join(folder, 'client.sh')
    const environment = Object.entries(options.clientEnvironment ?? {}).map(
      ([name, value]) => `${name}=${quote(value)}`,
    )
    // A native host's manifest names one program without arguments.
    const line = ['exec', 'env', ...environment, quote(program), ...args.map(quote), '"$@"'].join(' ')
    writeFileSync(path, `#!/bin/sh\n${line}\n`)
    chmodSync(path, 0o755)
    const allowed_origins = [`chrome-extension://${options.extensionId}/`]
    const host = { name: 'org.cardwright.client', description: 'Cardwright', path, type: 'stdio', allowed_origins }
    writeFileSync(manifest, JSON.stringify(host))
  }
  if (options.clientCommand) installClient(options.clientCommand)

  const extension = join(folder, 'extension')
  if (options.extensionZip) {
    const zip = join(folder, 'cardwright.zip')
    writeFileSync(zip, options.extensionZip)
    execFileSync('unzip', ['-q', zip, '-d', extension])
    options.tamper?.(extension)
  }
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: options.administration ? administered(folder, options.administration) : CHROMIUM,
    args: [
      ...chromiumFlags.filter(flag => flag !== BACKGROUND || !options.administration),
      ...(options.extensionZip ? [`--load-extension=${extension}`] : []),
    ],
    ignoreDefaultArgs: ['--disable-extensions', ...(options.administration ? [BACKGROUND] : [])],
    viewport: options.viewport ?? { width: 1280, height: 900 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(45_000)
  return {
    context,
    nativeHosts,
    installClient,
    removeClient: () => rmSync(manifest, { force: true }),
    serviceWorker: async () => context.serviceWorkers()[0] ?? context.waitForEvent('serviceworker'),
    close: async () => {
      await context.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Chromium that finds another /etc/chromium, for itself alone: in a mount namespace of its own (unshare(1)). */
const administered = (folder: string, administration: string): string => {
  const path = join(folder, 'chromium.sh')
  const namespace = process.getuid?.() === 0 ? '-m' : '-rm'
  const inside = `mount --bind ${quote(administration)} /etc/chromium && exec ${CHROMIUM} "$@"`
  writeFileSync(path, `#!/bin/sh\nexec unshare ${namespace} sh -c ${quote(inside)} sh "$@"\n`)
  chmodSync(path, 0o755)
  return path
}

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
