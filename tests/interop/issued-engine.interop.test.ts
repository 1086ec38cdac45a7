import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { toPem } from '@cardwright/pki'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canRun, PKCS11_MODULE, run, type ToolResult } from './foreign-tools.ts'
import { type Algorithm, type Desk, openDesk, policyWith } from './issued-card.ts'
import { makeAuthority, openssl } from './test-files.ts'

// openssl as TLS client and mail program: its keys are those on the card, by way of the PKCS#11 engine and OpenSC.

const CARDS: readonly (readonly [Algorithm, serial: number])[] = [
  ['P-256', 20_574_001],
  ['RSA-2048', 20_574_002],
]

describe.runIf(canRun('openssl', 'pkcs11-tool')).each(CARDS)('openssl with the card, %s', (algorithm, serial) => {
  let desk: Desk
  let pin: string
  const path = (name: string): string => desk.files.path(name)

  beforeAll(async () => {
    // 9D with RSA in both: the engine does no key agreement.
    desk = await openDesk({ model: 'yubikey-5.7', serial, policy: policyWith(algorithm, 'RSA-2048') })
    pin = await desk.issue()
    await desk.files.write('message', 'Content-Type: text/plain\r\n\r\nfrom the card\r\n')
  })
  afterAll(async () => desk?.close())

  const key = (id: string): string[] => [
    '-engine',
    'pkcs11',
    '-keyform',
    'ENGINE',
    keyOption,
    `pkcs11:id=%${id};type=private`,
  ]
  const keyOption = '-inkey'
  /** Asks for the PIN at login, and again before each use of 9C: each time it is read from the standard input. */
  const withCard = (...args: string[]): Promise<ToolResult> =>
    run('openssl', args, { env: { PKCS11_MODULE_PATH: PKCS11_MODULE }, input: `${pin}\n${pin}\n` })

  it('signs a mail with 9C; openssl verifies it to our root', async () => {
    const signer = ['-signer', path('9C.pem'), '-certfile', path('issuing.pem')]
    const made = await withCard('cms', '-sign', ...key('02'), ...signer, '-in', path('message'), '-out', path('mail'))
    expect(made.code, made.stderr).toBe(0)
    const check = ['-CAfile', path('root.pem'), '-purpose', 'smimesign', '-in', path('mail')]
    expect(await openssl('cms', '-verify', ...check)).toContain('from the card')
  })

  it('decrypts with 9D a mail that openssl encrypted to its certificate', async () => {
    const to = ['-aes-256-cbc', '-in', path('message'), '-out', path('secret')]
    await openssl('cms', '-encrypt', ...to, path('9D.pem'))
    const made = await withCard('cms', '-decrypt', ...key('03'), '-recip', path('9D.pem'), '-in', path('secret'))
    expect(made.code, made.stderr).toBe(0)
    expect(made.stdout).toContain('from the card')
  })

  it('is let in by a TLS server that wants a certificate, and not any more when it was revoked', async () => {
    await makeAuthority(desk.files)
    expect(await connect('tls1_2')).toContain('let in')
    expect(await connect('tls1_3')).toContain('let in')
    await desk.change({ change: 'terminate', reason: 'STOLEN', note: '' })
    expect(await connect('tls1_3')).not.toContain('let in')
  })

  /** One TLS connection with the key in 9A; what the server's page said to the client. */
  async function connect(version: string): Promise<string> {
    const { authority } = desk.world
    const crls = [await authority.rootCrl(), await authority.issuingCrl()]
    const root = toPem('CERTIFICATE', authority.rootCertificate)
    await desk.files.write('trust.pem', root + crls.map(({ der }) => toPem('X509 CRL', der)).join(''))
    const port = await freePort()
    const own = ['-cert', path('ca.crt'), '-key', path('ca.key')]
    const trust = ['-CAfile', path('trust.pem'), '-crl_check_all', '-verify_return_error']
    const args = ['s_server', '-accept', `127.0.0.1:${port}`, ...own, '-Verify', '4', ...trust, '-naccept', '1', '-www']
    const server = spawn('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] })
    try {
      await listening(server)
      const identity = ['-cert', path('9A.pem'), '-cert_chain', path('issuing.pem')]
      const engine = ['-engine', 'pkcs11', '-keyform', 'ENGINE', '-key', `pkcs11:id=%01;type=private;pin-value=${pin}`]
      const to = ['-connect', `127.0.0.1:${port}`, `-${version}`, '-ign_eof', '-CAfile', path('ca.crt')]
      const env = { PKCS11_MODULE_PATH: PKCS11_MODULE }
      const client = await run('openssl', ['s_client', ...to, ...identity, ...engine], {
        env,
        input: 'GET / HTTP/1.0\r\n\r\n',
      })
      // The status page of s_server names the client's certificate.
      return client.stdout.includes('Client certificate') && /CN ?= ?Anna Beispiel/.test(client.stdout)
        ? 'let in'
        : client.stdout + client.stderr
    } finally {
      if (server.exitCode === null) {
        server.kill()
        await once(server, 'exit')
      }
    }
  }
})

async function listening(server: ReturnType<typeof spawn>): Promise<void> {
  let said = ''
  for await (const chunk of server.stdout ?? []) {
    said += String(chunk)
    if (said.includes('ACCEPT')) break
  }
  if (!said.includes('ACCEPT')) throw new Error(`openssl s_server does not listen: ${said}`)
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
