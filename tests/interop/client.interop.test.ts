import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  ANY_STATUS,
  encodeScript,
  probeCommands,
  queryPin,
  type Script,
  selectPiv,
  verifyTypedPin,
} from '@cardwright/card'
import { createPcscReaders } from '@cardwright/card-pcsc'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createPage, EXTENSION, ORIGIN } from '../../apps/client/src/native/page.fixture.ts'
import { blankCard } from './blank-card.ts'
import { canRun, run } from './foreign-tools.ts'
import { type AttachedCard, attachCard } from './pcscd.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const DIST = join(ROOT, 'dist', 'client')
const MANIFEST = '.config/chromium/NativeMessagingHosts/org.cardwright.client.json'
const SESSION = '0b6f2a3e-5d0c-4b8f-9a51-6c2f1d7e8a90'
const KEY = '7c9e6679-7425-40de-944b-e07fc1f90ae7'
const PIN = '123456'

/** A program that hangs is to fail by its own name, not by the time of the whole test. */
const PATIENCE_MS = 30_000

const exec = promisify(execFile)
const asSent = (script: Script) => JSON.parse(JSON.stringify(script))

/** The client as an administrator gets it: built, unpacked from its archive, installed by its script for a user. */
describe.runIf(canRun('opensc-tool'))('the built client', () => {
  let home: string
  let unpacked: string
  const script = (name: string, ...args: string[]) =>
    exec(join(unpacked, name), args, { env: { HOME: home, PATH: '/usr/bin:/bin' }, timeout: PATIENCE_MS })

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'cardwright-client-'))
    await exec(process.execPath, [join(ROOT, 'tools/build-client.mjs')])
    const { files } = JSON.parse(readFileSync(join(DIST, 'index.json'), 'utf8'))
    const { name, folder } = files[0]
    await exec('tar', ['-xzf', join(DIST, name), '-C', home])
    unpacked = join(home, folder)
    const site = { extensionId: EXTENSION, origins: [ORIGIN], serverName: 'Example Ltd', version: '0.1.0' }
    writeFileSync(join(unpacked, 'site.json'), JSON.stringify(site))
    const { stdout } = await script('install.sh')
    expect(stdout).toContain(`serves Example Ltd: ${ORIGIN}`)
  }, 300_000)
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  const card = blankCard('yubikey-5.7', 12_345_678)
  let attached: AttachedCard
  beforeEach(async () => {
    attached = await attachCard(card)
  })
  afterEach(() => attached.detach())

  /** As Chromium starts it: what the manifest says, with the extension's origin; no Node, no PATH, another folder. */
  const startClient = () => {
    const { path, allowed_origins } = JSON.parse(readFileSync(join(home, MANIFEST), 'utf8'))
    const child = spawn(path, allowed_origins, {
      cwd: '/',
      env: { PATH: '', NODE_OPTIONS: '--require /nonexistent.js' },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', text => {
      said += text
    })
    // A client that refuses what is too long does not read the rest of it.
    child.stdin.on('error', () => {})
    const page = createPage(frame => child.stdin.write(frame))
    child.stdout.on('data', page.receive)
    const ended = once(child, 'close').then(([code]) => ({ code, said }))
    return { child, page, ended }
  }

  const opened = async () => {
    const client = startClient()
    const { page } = client
    page.introduce()
    expect(await page.next('welcome')).toMatchObject({ pcsc: { available: true } })
    page.relay({ type: 'watch-readers', message: 1 })
    const { readers } = await page.nextRelayed('readers')
    const insertion = readers.find(({ id }) => id === attached.reader)?.card?.insertion ?? ''
    page.send({ type: 'keep', key: KEY, typed: { pin: PIN } })
    await page.next('kept')
    page.relay({ type: 'open', message: 2, session: SESSION, readerId: attached.reader, insertion, kept: KEY })
    expect(await page.nextRelayed('opened')).toMatchObject({ message: 2, session: SESSION })
    return client
  }

  it('I-7: probes a card and verifies the PIN that its holder typed, without Node and without PATH', async () => {
    const { child, page, ended } = await opened()
    const probe = encodeScript(probeCommands({ slots: [], objects: [] }))
    page.relay({ type: 'run', message: 3, session: SESSION, script: asSent(probe) })
    const { result } = await page.nextRelayed('ran')
    expect(result.stopped).toBeUndefined()
    expect(result.results).toHaveLength(probe.steps.length)

    const verify = encodeScript([selectPiv(), verifyTypedPin(), queryPin()])
    page.relay({ type: 'run', message: 4, session: SESSION, script: asSent(verify) })
    const ran = await page.nextRelayed('ran')
    expect(ran.result.results.map(({ sw }) => sw)).toEqual(['9000', '9000', '9000'])
    child.stdin.end()
    expect(await ended).toEqual({ code: 0, said: '' })
  })

  it('holds the card for itself as long as a session is open, and leaves no verified PIN behind', async () => {
    const { child, page, ended } = await opened()
    const others = createPcscReaders()
    await expect(others.connect(attached.reader)).rejects.toMatchObject({ code: 'CARD_IN_USE' })
    const tool = await run('opensc-tool', ['-r', attached.reader, '--send-apdu', '00A4040009A00000030800001000'])
    expect(tool.stdout).not.toMatch(/SW1=0x90/)
    const verify = encodeScript([selectPiv(), verifyTypedPin()])
    page.relay({ type: 'run', message: 3, session: SESSION, script: asSent(verify) })
    await page.nextRelayed('ran')
    child.stdin.end()
    await ended
    const connection = await others.connect(attached.reader)
    await connection.transmit(new Uint8Array(Buffer.from('00A4040009A00000030800001000', 'hex')))
    expect([...(await connection.transmit(Uint8Array.of(0, 0x20, 0, 0x80)))]).toEqual([0x63, 0xc3])
    await connection.close()
    await others.close()
  })

  it('refuses an application that no issuer needs, and what is too long', async () => {
    const { page, ended } = await opened()
    const steps = [{ command: 'emv', apdus: ['00A4040007A000000003101000'], accept: [ANY_STATUS] }]
    page.relay({ type: 'run', message: 3, session: SESSION, script: { steps } })
    expect(await page.nextRelayed('failed')).toMatchObject({ message: 3, code: 'SCRIPT_REFUSED' })
    page.send({ type: 'relay', text: 'x'.repeat(1024 * 1024) })
    expect(await page.next('refused')).toMatchObject({ code: 'TOO_LARGE' })
    expect(await ended).toEqual({ code: 0, said: '' })
  })

  it('gives a challenge for an unblock from afar, and lets the card go when that is given up', async () => {
    const { child, page, ended } = startClient()
    page.introduce()
    await page.next('welcome')
    page.send({ type: 'unblock-begin', readerId: attached.reader })
    const { challenge, reader } = await page.next('unblock-challenge')
    expect(challenge.split('-')).toHaveLength(7)
    expect(reader.id).toBe(attached.reader)
    page.send({ type: 'unblock-cancel' })
    page.send({ type: 'unblock-finish', answer: challenge, newPin: '592813' })
    expect(await page.next('unblock-failed')).toMatchObject({ code: 'NO_CHALLENGE' })
    child.stdin.end()
    await ended
  })

  it('tells a person what it sees, and removes itself without a trace', async () => {
    const program = JSON.parse(readFileSync(join(home, MANIFEST), 'utf8')).path
    const { stdout } = await exec(program, ['--check'], { env: { HOME: home }, timeout: PATIENCE_MS })
    expect(stdout).toContain(`  ${attached.reader}: card ${Buffer.from(card.atr).toString('hex').toUpperCase()}`)
    expect(stdout).toContain(`${MANIFEST} → ${program}`)
    await script('uninstall.sh')
    expect(existsSync(join(home, '.config'))).toBe(false)
    expect(existsSync(join(home, '.local'))).toBe(false)
  })
})
