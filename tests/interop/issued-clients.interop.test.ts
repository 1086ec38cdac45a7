import { randomBytes, X509Certificate } from 'node:crypto'
import { chmod, readFile } from 'node:fs/promises'
import type { ModelName } from '@cardwright/card-virtual'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canRun, PKCS11_MODULE, run, type ToolResult } from './foreign-tools.ts'
import { type Algorithm, type Desk, openDesk, policyWith } from './issued-card.ts'
import { openssl } from './test-files.ts'

const TOOLS = ['pkcs15-tool', 'pkcs11-tool', 'yubico-piv-tool', 'ykman', 'openssl', 'ssh-keygen'] as const

/** Each model, each kind of key with a YubiKey and with the plain card; vpcd takes 45 ms an APDU, so not all six. */
const CARDS: readonly (readonly [ModelName, Algorithm, serial: number])[] = [
  ['yubikey-5.7', 'P-256', 20_571_001],
  ['yubikey-5.2', 'RSA-2048', 10_521_002],
  ['sp800-73', 'P-256', 4_000_000_101],
  ['sp800-73', 'RSA-2048', 4_000_000_102],
]

describe.runIf(canRun(...TOOLS)).each(CARDS)('a %s with %s keys, issued through pcscd', (model, algorithm, serial) => {
  const yubikey = model !== 'sp800-73'
  const rsa = algorithm === 'RSA-2048'
  let desk: Desk
  let pin: string
  beforeAll(async () => {
    desk = await openDesk({ model, serial, policy: policyWith(algorithm) })
    pin = await desk.issue()
  })
  afterAll(async () => desk?.close())

  const pkcs15 = (...args: string[]): Promise<ToolResult> =>
    run('pkcs15-tool', ['--reader', desk.attached.reader, ...args])
  const pkcs11 = (...args: string[]): Promise<ToolResult> =>
    run('pkcs11-tool', ['--slot-description', desk.attached.reader, ...args])
  const yubico = (...args: string[]): Promise<ToolResult> =>
    run('yubico-piv-tool', ['-r', desk.attached.reader, ...args])
  const ykman = (...args: string[]): Promise<ToolResult> => run('ykman', ['-r', desk.attached.reader, ...args])
  const path = (name: string): string => desk.files.path(name)
  const guid = (): string => desk.device().cardUuid?.replaceAll('-', '') ?? '–'

  it('pkcs15-tool -D shows holder, card UUID, four keys and the four certificates that we issued', async () => {
    const { stdout, code } = await pkcs15('-D')
    expect(code).toBe(0)
    expect(stdout).toContain('PKCS#15 Card [Anna Beispiel]')
    // Agency 9999: the serial number is the GUID (SP 800-73pt1-5 §3.1.2).
    expect(stdout).toContain(`: ${guid()}`)
    for (const label of ['PIV Authentication', 'Digital Signature', 'Key Management', 'Card Authentication'])
      expect(stdout).toContain(`X.509 Certificate [Certificate for ${label}]`)
    expect(stdout.match(rsa ? /^Private RSA Key/gm : /^Private EC Key/gm)).toHaveLength(4)
    for (const [id, slot] of [
      ['01', '9A'],
      ['02', '9C'],
      ['03', '9D'],
      ['04', '9E'],
    ] as const) {
      const read = await pkcs15('--read-certificate', id)
      expect(new X509Certificate(read.stdout).raw).toEqual(new X509Certificate(await readFile(path(`${slot}.pem`))).raw)
    }
  })

  it('pkcs11-tool --login --test finds no error', async () => {
    const { stdout, stderr, code } = await pkcs11('--login', '--pin', pin, '--test')
    expect(stdout + stderr).toContain('No errors')
    expect(code).toBe(0)
  })

  it.each([
    ['01', '9A'],
    ['02', '9C'],
  ])('pkcs11-tool signs with key %s, and openssl verifies with the certificate of %s', async (id, slot) => {
    const message = await desk.files.write('message', `signed by ${slot}`)
    const mechanism = rsa ? ['SHA256-RSA-PKCS'] : ['ECDSA-SHA256', '--signature-format', 'openssl']
    const out = ['--input-file', message, '--output-file', path('signature')]
    const made = await pkcs11('--login', '--pin', pin, '--sign', '--id', id, '--mechanism', ...mechanism, ...out)
    expect(made.code, made.stderr).toBe(0)
    const key = await openssl('x509', '-in', path(`${slot}.pem`), '-noout', '-pubkey')
    const check = ['-verify', await desk.files.write('key.pub', key), '-signature', path('signature')]
    expect(await openssl('dgst', '-sha256', ...check, message)).toContain('Verified OK')
  })

  it.runIf(rsa)('pkcs11-tool decrypts with 9D what openssl encrypted for its certificate', async () => {
    const secret = randomBytes(32)
    const plain = await desk.files.write('plain', secret)
    const recipient = ['-certin', '-inkey', path('9D.pem')]
    await openssl('pkeyutl', '-encrypt', ...recipient, '-in', plain, '-out', path('encrypted'))
    const out = ['--input-file', path('encrypted'), '--output-file', path('decrypted')]
    const made = await pkcs11('--login', '--pin', pin, '--decrypt', '--id', '03', '--mechanism', 'RSA-PKCS', ...out)
    expect(made.code, made.stderr).toBe(0)
    expect(await readFile(path('decrypted'))).toEqual(secret)
  })

  it.runIf(!rsa)('pkcs11-tool derives with 9D the secret that openssl derives from the other side', async () => {
    await openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', path('other.key'))
    await openssl('pkey', '-in', path('other.key'), '-pubout', '-outform', 'DER', '-out', path('other.der'))
    await desk.files.write('9D.pub', await openssl('x509', '-in', path('9D.pem'), '-noout', '-pubkey'))
    const sides = ['-inkey', path('other.key'), '-peerkey', path('9D.pub')]
    await openssl('pkeyutl', '-derive', ...sides, '-out', path('theirs'))
    const out = ['--input-file', path('other.der'), '--output-file', path('ours')]
    const made = await pkcs11('--login', '--pin', pin, '--derive', '--id', '03', '-m', 'ECDH1-DERIVE', ...out)
    expect(made.code, made.stderr).toBe(0)
    expect(await readFile(path('ours'))).toEqual(await readFile(path('theirs')))
  })

  it('ssh-keygen -D lists the public key of the PIV authentication certificate', async () => {
    const { stdout, stderr } = await run('ssh-keygen', ['-D', PKCS11_MODULE])
    await desk.files.write('9A.pub', await openssl('x509', '-in', path('9A.pem'), '-noout', '-pubkey'))
    const ours = await run('ssh-keygen', ['-i', '-m', 'PKCS8', '-f', path('9A.pub')])
    expect(ours.stdout).toMatch(/^(ssh-rsa|ecdsa-sha2-nistp256) /)
    expect(stdout, stderr).toContain(ours.stdout.trim())
  })

  it('ssh-keygen certifies a key with the one in 9A as its authority', async () => {
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path('user')])
    await desk.files.write('9A.pub', await openssl('x509', '-in', path('9A.pem'), '-noout', '-pubkey'))
    const { stdout } = await run('ssh-keygen', ['-i', '-m', 'PKCS8', '-f', path('9A.pub')])
    const authority = await desk.files.write('authority.pub', stdout)
    const askpass = await desk.files.write('askpass', `#!/bin/sh\necho ${pin}\n`)
    await chmod(askpass, 0o700)
    const env = { SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force' }
    const args = ['-D', PKCS11_MODULE, '-s', authority, '-I', 'anna', '-n', 'anna', path('user.pub')]
    const made = await run('ssh-keygen', args, { env })
    expect(made.code, made.stderr).toBe(0)
    const shown = await run('ssh-keygen', ['-L', '-f', path('user-cert.pub')])
    expect(shown.stdout).toContain('Key ID: "anna"')
  })

  it.runIf(yubikey)('yubico-piv-tool shows the slots and takes the PIN; the factory PIN is gone', async () => {
    expect((await yubico('-a', 'verify-pin', '-P', '123456')).stderr).toContain('4 tries left')
    expect((await yubico('-a', 'verify-pin', '-P', pin)).code).toBe(0)
    const { stdout } = await yubico('-a', 'status')
    expect(stdout).toContain(guid())
    for (const slot of ['9a', '9c', '9d'])
      expect(stdout).toMatch(
        new RegExp(`Slot ${slot}:\\s+Algorithm:\\s+${rsa ? 'RSA2048' : 'ECCP256'}\\s+Subject DN:\\s.*CN=Anna Beispiel`),
      )
    expect(stdout).toContain('Slot 9e:')
    expect(stdout).toMatch(/PIN tries left:\s+5/)
    expect((await yubico('-a', 'unblock-pin', '-P', '12345678', '-N', '654321')).stderr).toContain('tries left')
  })

  it.runIf(yubikey)('ykman piv info shows four certificates and no factory value', async () => {
    const { stdout, stderr, code } = await ykman('piv', 'info')
    expect(code, stderr).toBe(0)
    expect(stdout.match(/Issuer DN:\s+.*CN=Example Issuing CA/g)).toHaveLength(4)
    expect(stdout).not.toContain('Using default')
    if (model === 'yubikey-5.7') expect(stdout).toContain('PIN tries remaining: 5/5')
  })

  it('is blank for them all when it was recycled, and is issued again as another card', async () => {
    const before = guid()
    await desk.change({ change: 'terminate', reason: 'UNASSIGNED', note: '' })
    await desk.recycle()
    const { stdout, stderr } = await pkcs15('-D')
    expect(stdout + stderr).not.toContain('X.509 Certificate [')
    expect(stdout + stderr).not.toContain('Anna')
    if (yubikey) {
      const status = (await yubico('-a', 'status')).stdout
      expect(status).toMatch(/CHUID:\s+No data available/)
      expect(status).toMatch(/CCC:\s+No data available/)
      expect(status).not.toContain('Slot')
      expect(status).toMatch(/PIN tries left:\s+3/)
      expect((await yubico('-a', 'verify-pin', '-P', '123456')).code).toBe(0)
      expect((await ykman('piv', 'info')).stdout).not.toContain('Slot')
    }
    pin = await desk.issue()
    expect(guid()).not.toBe(before)
    expect((await pkcs15('-D')).stdout).toContain(guid())
    const login = await pkcs11('--login', '--pin', pin, '--list-objects', '--type', 'cert')
    expect(login.stdout.match(/^Certificate Object/gm)).toHaveLength(4)
  })
})
