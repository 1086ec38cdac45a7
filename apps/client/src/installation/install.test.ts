import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Installer, install, uninstall } from './install.ts'
import type { Machine } from './places.ts'
import { type InstallOptions, readInstallOptions } from './site.ts'

const EXTENSION = 'abcdefghijklmnopabcdefghijklmnop'
const ORIGIN = 'https://cards.example.org'
const options: InstallOptions = {
  scope: 'user',
  userDataFolders: [],
  configuration: { origins: [ORIGIN], allowedExtensions: [EXTENSION] },
}
const keep: InstallOptions = { ...options, configuration: undefined }

let folder: string
let source: string
let root: string
let registry: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cardwright-client-'))
  source = join(folder, 'archive')
  root = join(folder, 'root')
  registry = []
  mkdirSync(source)
  mkdirSync(root)
  for (const name of ['cardwright-client', 'pcsc.node', 'LICENSE', 'NOTICE.txt', 'README.txt', 'install.sh'])
    writeFileSync(join(source, name), `${name} 1`)
  chmodSync(join(source, 'cardwright-client'), 0o755)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const on = (platform: Machine['platform'], environment: Machine['environment'] = {}): Installer => ({
  machine: { platform, home: '/home/anna', environment },
  root,
  registry: args => registry.push(args.join(' ')),
})
const files = (of = root): string[] =>
  readdirSync(of, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(of.length))
    .sort()
const json = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'))

const PROGRAM = [
  'LICENSE',
  'NOTICE.txt',
  'README.txt',
  'cardwright-client',
  'client.json',
  'installed.json',
  'pcsc.node',
]

describe('installed', () => {
  test.each([
    [
      'linux',
      'user',
      '/home/anna/.local/share/cardwright-client',
      [
        '/home/anna/.config/google-chrome/NativeMessagingHosts',
        '/home/anna/.config/chromium/NativeMessagingHosts',
        '/home/anna/.config/microsoft-edge/NativeMessagingHosts',
      ],
    ],
    [
      'linux',
      'system',
      '/opt/cardwright-client',
      [
        '/etc/opt/chrome/native-messaging-hosts',
        '/etc/chromium/native-messaging-hosts',
        '/etc/opt/edge/native-messaging-hosts',
      ],
    ],
    [
      'darwin',
      'user',
      '/home/anna/Library/Application Support/Cardwright/Client',
      [
        '/home/anna/Library/Application Support/Google/Chrome/NativeMessagingHosts',
        '/home/anna/Library/Application Support/Chromium/NativeMessagingHosts',
        '/home/anna/Library/Application Support/Microsoft Edge/NativeMessagingHosts',
      ],
    ],
    [
      'darwin',
      'system',
      '/Library/Cardwright/Client',
      [
        '/Library/Google/Chrome/NativeMessagingHosts',
        '/Library/Application Support/Chromium/NativeMessagingHosts',
        '/Library/Microsoft/Edge/NativeMessagingHosts',
      ],
    ],
  ] as const)(
    'on %s for the %s, the program and a manifest for each browser are there, and nothing else',
    (platform, scope, program, manifests) => {
      install(on(platform), source, '1.0.0', { ...options, scope })
      const expected = [
        ...PROGRAM.map(name => `${program}/${name}`),
        ...manifests.map(place => `${place}/org.cardwright.client.json`),
      ]
      expect(files()).toEqual(expected.sort())
      for (const place of manifests) {
        expect(json(`${place}/org.cardwright.client.json`)).toEqual({
          name: 'org.cardwright.client',
          description: expect.any(String),
          path: `${program}/cardwright-client`,
          type: 'stdio',
          allowed_origins: [`chrome-extension://${EXTENSION}/`],
        })
      }
      expect(json(`${program}/client.json`)).toEqual(options.configuration)
      expect(statSync(join(root, program, 'cardwright-client')).mode & 0o777).toBe(0o755)
      expect(statSync(join(root, program, 'client.json')).mode & 0o777).toBe(0o644)
      expect(registry).toEqual([])
      uninstall(on(platform), scope)
      expect(readdirSync(root)).toEqual([])
    },
  )

  test('on Windows, each browser has a key that leads to one manifest', () => {
    writeFileSync(join(source, 'cardwright-client.exe'), 'MZ')
    rmSync(join(source, 'cardwright-client'))
    const windows = on('win32', { LOCALAPPDATA: 'C:\\Users\\anna\\AppData\\Local' })
    const { folder: program, manifests } = install(windows, source, '1.0.0', options)
    expect(program).toBe('C:\\Users\\anna\\AppData\\Local\\Cardwright\\Client')
    expect(manifests).toEqual([`${program}\\org.cardwright.client.json`])
    const keys = ['Google\\Chrome', 'Chromium', 'Microsoft\\Edge'].map(
      browser => `HKCU\\SOFTWARE\\${browser}\\NativeMessagingHosts\\org.cardwright.client`,
    )
    expect(registry).toEqual(keys.map(key => `add ${key} /ve /t REG_SZ /d ${manifests[0]} /f`))
  })

  test('where the environment says that configuration and data lie elsewhere', () => {
    install(on('linux', { XDG_CONFIG_HOME: '/c', XDG_DATA_HOME: '/d' }), source, '1.0.0', options)
    expect(files()).toContain('/c/chromium/NativeMessagingHosts/org.cardwright.client.json')
    expect(files()).toContain('/d/cardwright-client/cardwright-client')
  })

  test('for a browser with a folder of its own too', () => {
    install(on('linux'), source, '1.0.0', { ...options, userDataFolders: ['/profiles/one'] })
    expect(files()).toContain('/profiles/one/NativeMessagingHosts/org.cardwright.client.json')
  })
})

describe('installed again', () => {
  test('an upgrade replaces the program, keeps whom it serves, and mends what is missing', () => {
    const { manifests } = install(on('linux'), source, '1.0.0', options)
    const before = files()
    writeFileSync(join(source, 'cardwright-client'), 'cardwright-client 2')
    rmSync(join(root, manifests[0] ?? ''))
    const { configuration } = install(on('linux'), source, '2.0.0', keep)
    expect(configuration).toEqual(options.configuration)
    expect(files()).toEqual(before)
    const program = '/home/anna/.local/share/cardwright-client'
    expect(readFileSync(join(root, program, 'cardwright-client'), 'utf8')).toBe('cardwright-client 2')
    const { version, files: recorded } = json(`${program}/installed.json`)
    expect(version).toBe('2.0.0')
    expect(new Set(recorded).size).toBe(recorded.length)
    uninstall(on('linux'), 'user')
    expect(readdirSync(root)).toEqual([])
  })

  test('from the folder where it is installed', () => {
    const { folder: program } = install(on('linux'), source, '1.0.0', options)
    install(on('linux'), join(root, program), '1.0.0', keep)
    expect(readFileSync(join(root, program, 'cardwright-client'), 'utf8')).toBe('cardwright-client 1')
  })

  test('without ever having been told whom it serves, it says what is lacking and writes nothing', () => {
    expect(() => install(on('linux'), source, '1.0.0', keep)).toThrow(/--extension-id and --origin/)
    expect(readdirSync(root)).toEqual([])
  })

  test('from half an archive it says so and writes nothing', () => {
    rmSync(join(source, 'pcsc.node'))
    expect(() => install(on('linux'), source, '1.0.0', options)).toThrow(/Unpack the whole archive/)
    expect(readdirSync(root)).toEqual([])
  })
})

describe('uninstalled', () => {
  test('what is somebody else’s stays: files beside ours, and folders that were there before', () => {
    const chromium = '/home/anna/.config/chromium/NativeMessagingHosts'
    mkdirSync(join(root, chromium), { recursive: true })
    writeFileSync(join(root, chromium, 'com.other.host.json'), '{}')
    mkdirSync(join(root, '/home/anna/.config/google-chrome'))
    install(on('linux'), source, '1.0.0', options)
    expect(uninstall(on('linux'), 'user')).toHaveLength(PROGRAM.length + 3)
    expect(files()).toEqual([`${chromium}/com.other.host.json`])
    expect(existsSync(join(root, '/home/anna/.config/google-chrome'))).toBe(true)
    expect(existsSync(join(root, '/home/anna/.config/microsoft-edge'))).toBe(false)
  })

  test('the registry keys on Windows go too', () => {
    writeFileSync(join(source, 'cardwright-client.exe'), 'MZ')
    const windows = on('win32', { ProgramFiles: 'C:\\Program Files' })
    install(windows, source, '1.0.0', { ...options, scope: 'system' })
    const added = registry.splice(0).map(line => line.split(' ')[1])
    expect(added.every(key => key?.startsWith('HKLM\\SOFTWARE\\'))).toBe(true)
    uninstall(windows, 'system')
    expect(registry).toEqual(added.map(key => `delete ${key} /f`))
    expect(files()).toEqual([])
  })

  test('twice: there is nothing the second time', () => {
    install(on('linux'), source, '1.0.0', options)
    uninstall(on('linux'), 'user')
    expect(uninstall(on('linux'), 'user')).toBeUndefined()
  })
})

describe('what the installer is told', () => {
  const site = () => join(folder, 'site.json')
  const write = (content: unknown) => writeFileSync(site(), JSON.stringify(content))

  test('site.json of the portal is enough; arguments come before it', () => {
    write({ extensionId: EXTENSION, origins: [ORIGIN], serverName: 'Example Ltd', version: '0.1.0' })
    expect(readInstallOptions([], site())).toEqual({
      ...options,
      configuration: { ...options.configuration, serverName: 'Example Ltd' },
    })
    const told = readInstallOptions(
      ['--system', '--origin', 'https://a.example/', '--origin', 'https://b.example:8443'],
      site(),
    )
    expect(told).toMatchObject({
      scope: 'system',
      configuration: { origins: ['https://a.example', 'https://b.example:8443'] },
    })
  })

  test('nothing at all keeps what an earlier installation has', () => {
    expect(readInstallOptions([], site()).configuration).toBeUndefined()
  })

  test.each([
    ['an origin that is none', ['--extension-id', EXTENSION, '--origin', 'cards.example.org'], /--origin: the portal/],
    [
      'an origin with a path',
      ['--extension-id', EXTENSION, '--origin', 'https://a.example/user'],
      /--origin: the portal/,
    ],
    ['every origin', ['--extension-id', EXTENSION, '--origin', 'https://*'], /--origin: the portal/],
    ['a short extension id', ['--extension-id', 'abc', '--origin', ORIGIN], /--extension-id: 32/],
    ['no extension', ['--origin', ORIGIN], /--extension-id: 32/],
    ['no origin', ['--extension-id', EXTENSION], /--origin: the portal/],
    ['an unknown argument', ['--everything'], /--everything/],
  ])('%s is refused with what to give instead', (_, args, message) => {
    expect(() => readInstallOptions(args, site())).toThrow(message)
  })

  test('a damaged site.json is refused', () => {
    writeFileSync(site(), '{')
    expect(() => readInstallOptions([], site())).toThrow(/damaged/)
    write({ extensionId: EXTENSION, origins: [] })
    expect(() => readInstallOptions([], site())).toThrow(/damaged/)
  })
})
