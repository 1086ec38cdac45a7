import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeScript, putData, selectPiv } from '@cardwright/card'
import { CHUNK_LENGTH } from '@cardwright/relay'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createPage, EXTENSION, ORIGIN } from './native/page.fixture.ts'

const SESSION = '0b6f2a3e-5d0c-4b8f-9a51-6c2f1d7e8a90'
const MAIN = join(import.meta.dirname, 'main.ts')

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'cardwright-client-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

/** The program as a browser starts it, but where there is no smart card service. */
const start = (...args: string[]) => {
  const child = spawn(process.execPath, [MAIN, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { HOME: home, CARDWRIGHT_CLIENT_HOME: home, PCSCLITE_CSOCK_NAME: join(home, 'no-pcscd') },
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    said += text
  })
  const ended = once(child, 'close').then(([code]) => ({ code, said }))
  return { child, ended }
}

describe('started by the browser', () => {
  const startHost = (configuration: object = {}) => {
    const all = { origins: [ORIGIN], allowedExtensions: [EXTENSION], ...configuration }
    writeFileSync(join(home, 'client.json'), JSON.stringify(all))
    const { child, ended } = start(`chrome-extension://${EXTENSION}/`)
    // A client that has refused a page does not read what it still sends.
    child.stdin.on('error', () => {})
    const page = createPage(frame => child.stdin.write(frame))
    child.stdout.on('data', page.receive)
    return { child, ended, page }
  }

  test('it speaks frames over stdin and stdout, says why there are no readers, and ends with its input', async () => {
    const { child, ended, page } = startHost()
    page.introduce()
    expect(await page.next('welcome')).toMatchObject({
      pcsc: { available: false, message: expect.stringContaining('smart card service') },
    })
    page.send({ type: 'readers' })
    expect(await page.next('readers')).toMatchObject({ readers: [], pcsc: { available: false } })
    child.stdin.end()
    expect(await ended).toEqual({ code: 0, said: '' })
    expect(page.rest()).toEqual([])
  })

  test('a script that is longer than several native messages arrives whole', async () => {
    const { child, ended, page } = startHost()
    page.introduce()
    await page.next('welcome')
    const writes = Array.from({ length: 40 }, () => putData(0x5fc105, new Uint8Array(20_000)))
    const script = JSON.parse(JSON.stringify(encodeScript([selectPiv(), ...writes])))
    expect(JSON.stringify(script).length).toBeGreaterThan(8 * CHUNK_LENGTH)
    page.relay({ type: 'run', message: 7, session: SESSION, script })
    expect(await page.nextRelayed('failed')).toMatchObject({ message: 7, code: 'SCRIPT_REFUSED' })
    child.stdin.end()
    expect(await ended).toEqual({ code: 0, said: '' })
  })

  test('a page from another origin is refused, and the process ends by itself', async () => {
    const { ended, page } = startHost()
    page.introduce('https://evil.example')
    expect(await page.next('refused')).toMatchObject({ code: 'ORIGIN_NOT_ALLOWED' })
    expect(await ended).toEqual({ code: 0, said: '' })
  })

  test('I-7: a log is written only if it is asked for, for its owner only, and no PIN is in it', async () => {
    const log = join(home, 'events.log')
    const { child, ended, page } = startHost({ log })
    page.introduce()
    await page.next('welcome')
    page.send({ type: 'keep', key: SESSION, typed: { pin: '73519426' } })
    await page.next('kept')
    page.send({ type: 'keep', key: SESSION, typed: { pin: '73519426', also: 1 } })
    expect(await page.next('refused')).toMatchObject({
      code: 'MESSAGE_INVALID',
      detail: expect.not.stringContaining('7351'),
    })
    await ended
    child.stdin.destroy()
    const text = readFileSync(log, 'utf8')
    expect(text).toMatch(/page https:\/\/cards\.example\.org/)
    expect(text).toMatch(/refused: MESSAGE_INVALID/)
    expect(text).not.toContain('73519426')
    expect(statSync(log).mode & 0o777).toBe(0o600)
  })
})

describe('started by a person', () => {
  const said = async (...args: string[]) => {
    const { child, ended } = start(...args)
    let output = ''
    child.stdout.setEncoding('utf8').on('data', text => {
      output += text
    })
    child.stdin.end()
    return { ...(await ended), output }
  }

  test('it tells its version, and how it is used to who asks what it does not know', async () => {
    expect(await said('--version')).toEqual({ code: 0, said: '', output: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
    expect(await said('--everything')).toMatchObject({ code: 2, said: expect.stringContaining('unblock') })
  })

  test('--check tells what is lacking', async () => {
    const { code, output } = await said('--check')
    expect(code).toBe(0)
    expect(output).toMatch(/client\.json: it is missing/)
    expect(output).toMatch(/^Browsers:$/m)
    expect(output).toMatch(/Smart card service: .*pcscd/)
  })

  test('unblock wants a terminal, install wants to know for whom', async () => {
    expect(await said('unblock')).toMatchObject({ code: 1, said: expect.stringContaining('terminal') })
    expect(await said('install')).toMatchObject({ code: 1, said: expect.stringMatching(/^cardwright-client: /) })
  })
})
