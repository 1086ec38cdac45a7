import { createPublicKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blankCard } from './blank-card.ts'
import { canRun, run, type ToolResult } from './foreign-tools.ts'
import { type AttachedCard, attachCard } from './pcscd.ts'
import { makeSoftwareKey, NEW_RSA, openssl, publicKeyOf, type TestFiles, testFiles } from './test-files.ts'

const FACTORY = '010203040506070801020304050607080102030405060708'
const OURS = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'

describe.runIf(canRun('ykman', 'openssl'))('ykman personalises a blank YubiKey 5.7', () => {
  const card = blankCard('yubikey-5.7', 12_345_678)
  let attached: AttachedCard
  let files: TestFiles
  const piv = (...args: string[]): Promise<ToolResult> => run('ykman', ['-r', attached.reader, 'piv', ...args])
  beforeAll(async () => {
    files = await testFiles()
    await makeSoftwareKey(files, 'rsa', NEW_RSA)
    attached = await attachCard(card)
  })
  afterAll(async () => {
    await attached?.detach()
    await files?.remove()
  })

  it('sees the factory values and the AES-192 key of a new 5.7', async () => {
    const { stdout } = await piv('info')
    expect(stdout).toContain('PIV version: 5.7.1')
    expect(stdout).toContain('Using default PIN')
    expect(stdout).toContain('Using default Management key')
    expect(stdout).toContain('Management key algorithm: AES192')
    expect((await run('ykman', ['-r', attached.reader, 'info'])).stdout).toContain('Serial number: 12345678')
  })

  it('changes PIN, PUK and management key (AES-256); the old key is refused', async () => {
    expect((await piv('access', 'change-pin', '-P', '123456', '-n', '654321')).code).toBe(0)
    expect((await piv('access', 'change-puk', '-p', '12345678', '-n', '87654321')).code).toBe(0)
    expect((await piv('access', 'change-management-key', '-m', FACTORY, '-a', 'AES256', '-n', OURS)).code).toBe(0)
    const wrong = await piv('keys', 'generate', '-m', FACTORY, '-a', 'ECCP256', '9a', files.path('x.pem'))
    expect(wrong.code).not.toBe(0)
    expect(card.state().piv.keys['9A']).toBeUndefined()
    expect((await piv('info')).stdout).not.toContain('Using default')
  })

  it('says how many tries a wrong PIN or PUK leaves', async () => {
    expect((await piv('access', 'change-pin', '-P', '123456', '-n', '111111')).stderr).toContain('2 tries left')
    expect((await piv('access', 'unblock-pin', '-p', '12345678', '-n', '111111')).stderr).toContain('2 tries left')
    expect((await piv('access', 'unblock-pin', '-p', '87654321', '-n', '654321')).code).toBe(0)
  })

  it.each([
    ['9a', '9A', 'ECCP256'],
    ['9c', '9C', 'RSA2048'],
    ['9d', '9D', 'ECCP384'],
  ])(
    'makes a key in %s, a self-signed certificate by it and a CSR that openssl accepts',
    async (slot, name, algorithm) => {
      const pem = files.path(`${slot}.pem`)
      expect((await piv('keys', 'generate', '-m', OURS, '-a', algorithm, slot, pem)).code).toBe(0)
      expect(createPublicKey(await readFile(pem, 'utf8')).equals(createPublicKey(publicKeyOf(card, name)))).toBe(true)
      const made = await piv('certificates', 'generate', '-m', OURS, '-P', '654321', '-s', `CN=${slot}`, slot, pem)
      // ykman asks for a touch whenever a card takes more than a moment.
      expect(made.stderr.replace('Touch your YubiKey...\n', '')).toBe('')
      expect((await piv('certificates', 'export', slot, files.path('out.crt'))).code).toBe(0)
      const certificate = new X509Certificate(await readFile(files.path('out.crt')))
      expect(certificate.verify(certificate.publicKey)).toBe(true)
      const csr = files.path(`${slot}.csr`)
      expect((await piv('certificates', 'request', '-P', '654321', '-s', `CN=${slot}`, slot, pem, csr)).code).toBe(0)
      await openssl('req', '-verify', '-noout', '-in', csr)
    },
  )

  it('attests a key made on the card', async () => {
    expect((await piv('keys', 'attest', '9c', files.path('att.crt'))).code).toBe(0)
    const statement = new X509Certificate(await readFile(files.path('att.crt')))
    expect(statement.subject).toBe('CN=YubiKey PIV Attestation 9c')
    expect(statement.publicKey.equals(createPublicKey(publicKeyOf(card, '9C')))).toBe(true)
  })

  it('imports a key with its certificate and finds that they belong together', async () => {
    expect((await piv('keys', 'import', '-m', OURS, '9e', files.path('rsa.key'))).code).toBe(0)
    const args = ['certificates', 'import', '-m', OURS, '-P', '654321', '--verify']
    expect((await piv(...args, '9e', files.path('rsa.crt'))).code).toBe(0)
    expect((await piv(...args, '9a', files.path('rsa.crt'))).stderr).toContain('not tied to the private key')
  })

  it('writes CHUID and CCC and shows them', async () => {
    expect((await piv('objects', 'generate', '-m', OURS, '-P', '654321', 'CHUID')).code).toBe(0)
    expect((await piv('objects', 'generate', '-m', OURS, '-P', '654321', 'CCC')).code).toBe(0)
    const { stdout } = await piv('info')
    expect(stdout).toMatch(/CHUID:\s+3019d4e739/)
    expect(stdout).toMatch(/CCC:\s+f015a0/)
    expect(stdout).toMatch(/Slot 9d:\s+Algorithm:\s+ECCP384/)
  })

  it('sets retry counters and resets the card to the factory state', async () => {
    expect((await piv('access', 'set-retries', '-m', OURS, '-P', '654321', '4', '6', '-f')).code).toBe(0)
    expect((await piv('info')).stdout).toContain('PIN tries remaining: 4/4')
    expect((await piv('reset', '-f')).code).toBe(0)
    const { stdout } = await piv('info')
    expect(stdout).toContain('Using default PIN')
    expect(stdout).toContain('Management key algorithm: AES192')
    expect(stdout).not.toContain('Slot')
    expect(Object.keys(card.state().piv.keys)).toEqual(['F9'])
  })
})
