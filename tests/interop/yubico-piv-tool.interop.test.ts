import { createPublicKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blankCard } from './blank-card.ts'
import { canRun, run, type ToolResult } from './foreign-tools.ts'
import { type AttachedCard, attachCard } from './pcscd.ts'
import { makeSoftwareKey, NEW_P256, NEW_RSA, publicKeyOf, type TestFiles, testFiles } from './test-files.ts'

// yubico-piv-tool 2.2.0 knows 3DES management keys only, so the older model is personalised by it; of a 5.7 it can do all
// that needs no management key, as with a real one.

const FACTORY = '010203040506070801020304050607080102030405060708'
const OURS = '112233445566778899AABBCCDDEEFF001122334455667788'

describe.runIf(canRun('yubico-piv-tool', 'openssl'))('yubico-piv-tool personalises a blank YubiKey 5.2', () => {
  const card = blankCard('yubikey-5.2', 3_456_789_012)
  let attached: AttachedCard
  let files: TestFiles
  const tool = (...args: string[]): Promise<ToolResult> => run('yubico-piv-tool', ['-r', attached.reader, ...args])
  const withKey = (...args: string[]): Promise<ToolResult> => tool(`-k${OURS}`, ...args)
  beforeAll(async () => {
    files = await testFiles()
    await makeSoftwareKey(files, 'rsa', NEW_RSA)
    await makeSoftwareKey(files, 'ec', NEW_P256)
    attached = await attachCard(card)
  })
  afterAll(async () => {
    await attached?.detach()
    await files?.remove()
  })

  it('shows a serial number above 2^31 and an empty card', async () => {
    const { stdout } = await tool('-a', 'status')
    expect(stdout).toMatch(/Version:\s+5\.2\.7/)
    expect(stdout).toMatch(/CHUID:\s+No data available/)
    expect(stdout).toMatch(/PIN tries left:\s+3/)
    // It prints the unsigned number as a signed one; the bits are the same.
    expect(Number(/Serial Number:\s+(-?\d+)/.exec(stdout)?.[1]) >>> 0).toBe(3_456_789_012)
  })

  it('changes PIN, PUK and management key; the factory values are gone then', async () => {
    expect((await tool('-a', 'change-pin', '-P', '123456', '-N', '654321')).code).toBe(0)
    expect((await tool('-a', 'change-puk', '-P', '12345678', '-N', '87654321')).code).toBe(0)
    expect((await tool(`-k${FACTORY}`, '-a', 'set-mgm-key', '-n', OURS)).code).toBe(0)
    expect((await tool('-a', 'verify-pin', '-P', '123456')).stderr).toContain('2 tries left')
    expect((await tool('-a', 'unblock-pin', '-P', '12345678', '-N', '654321')).stderr).toContain('2 tries left')
    const wrong = await tool(`-k${FACTORY}`, '-a', 'set-chuid')
    expect(wrong.code).toBe(1)
    expect(wrong.stderr).toContain('Failed authentication')
    expect((await tool('-a', 'verify-pin', '-P', '654321')).code).toBe(0)
  })

  it.each([
    ['9a', 'ECCP256'],
    ['9c', 'RSA2048'],
    ['9d', 'ECCP384'],
    ['82', 'RSA1024'],
  ])('makes a key in %s (%s) and reads the same public key back', async (slot, algorithm) => {
    const out = files.path(`${slot}.pub`)
    expect((await withKey('-a', 'generate', '-s', slot, '-A', algorithm, '-o', out)).code).toBe(0)
    const ours = createPublicKey(publicKeyOf(card, slot.toUpperCase()))
    expect(createPublicKey(await readFile(out, 'utf8')).equals(ours)).toBe(true)
  })

  it('writes CHUID and CCC, fresh ones each time', async () => {
    expect((await withKey('-a', 'set-chuid', '-a', 'set-ccc')).code).toBe(0)
    const first = card.state().piv.objects
    expect((await withKey('-a', 'set-chuid')).code).toBe(0)
    expect(card.state().piv.objects['5FC102']).not.toEqual(first['5FC102'])
    expect((await tool('-a', 'status')).stdout).toMatch(/CHUID:\s+3019d4e739/)
  })

  it('imports keys and certificates, signs and decrypts with them', async () => {
    for (const [slot, name] of [
      ['9a', 'rsa'],
      ['9d', 'ec'],
      ['9e', 'rsa'],
    ] as const) {
      expect((await withKey('-a', 'import-key', '-s', slot, '-i', files.path(`${name}.key`))).code).toBe(0)
      const certificate = files.path(`${name}.crt`)
      expect((await withKey('-a', 'import-certificate', '-s', slot, '-i', certificate)).code).toBe(0)
      const pin = slot === '9e' ? [] : ['-a', 'verify-pin', '-P', '654321']
      for (const test of ['test-signature', 'test-decipher']) {
        const result = await tool(...pin, '-a', test, '-s', slot, '-i', certificate)
        expect(`${slot} ${test}: ${result.stderr}`).toContain('Success')
        expect(result.code).toBe(0)
      }
      const read = await tool('-a', 'read-certificate', '-s', slot)
      expect(new X509Certificate(read.stdout).raw).toEqual(new X509Certificate(await readFile(certificate)).raw)
    }
  })

  it('is not let at a key without the PIN', async () => {
    const result = await tool('-a', 'test-signature', '-s', '9a', '-i', files.path('rsa.crt'))
    expect(result.code).toBe(1)
    expect(result.stderr).toContain('Failed signing')
  })

  it('reads an attestation that leads to the card’s root, and none for an imported key', async () => {
    expect((await withKey('-a', 'generate', '-s', '9c', '-A', 'ECCP256', '-o', files.path('9c.pub'))).code).toBe(0)
    const statement = new X509Certificate((await tool('-a', 'attest', '-s', '9c')).stdout)
    const attestation = new X509Certificate((await tool('-a', 'read-certificate', '-s', 'f9')).stdout)
    const root = new X509Certificate(card.state().attestationRoot ?? '')
    expect(statement.checkIssued(attestation) && statement.verify(attestation.publicKey)).toBe(true)
    expect(attestation.checkIssued(root) && attestation.verify(root.publicKey)).toBe(true)
    expect(statement.publicKey.equals(createPublicKey(await readFile(files.path('9c.pub'), 'utf8')))).toBe(true)
    expect((await tool('-a', 'attest', '-s', '9a')).code).toBe(1)
  })

  it('sets retry counters, which puts the factory PIN and PUK back', async () => {
    const args = ['-a', 'verify-pin', '-P', '654321', '-a', 'pin-retries', '--pin-retries=5', '--puk-retries=2']
    expect((await withKey(...args)).code).toBe(0)
    expect((await tool('-a', 'verify-pin', '-P', '123456')).code).toBe(0)
    expect((await tool('-a', 'status')).stdout).toMatch(/PIN tries left:\s+5/)
  })

  it('resets only a blocked card; then it is as new', async () => {
    expect((await tool('-a', 'reset')).code).toBe(1)
    for (let left = 4; left > 0; left--) {
      expect((await tool('-a', 'verify-pin', '-P', '000000')).stderr).toContain(`${left} tries left`)
    }
    await tool('-a', 'verify-pin', '-P', '000000')
    expect((await tool('-a', 'verify-pin', '-P', '123456')).stderr).toContain('blocked')
    expect((await tool('-a', 'reset')).code).toBe(1)
    for (let i = 0; i < 2; i++) await tool('-a', 'unblock-pin', '-P', '00000000', '-N', '123456')
    expect((await tool('-a', 'reset')).code).toBe(0)
    expect((await tool('-a', 'status')).stdout).toMatch(/CHUID:\s+No data available/)
    expect((await tool(`-k${FACTORY}`, '-a', 'set-chuid')).code).toBe(0)
    expect((await tool('-a', 'read-certificate', '-s', 'f9')).code).toBe(0)
  })
})

describe.runIf(canRun('yubico-piv-tool'))('yubico-piv-tool and a YubiKey 5.7', () => {
  it('cannot use its AES management key, as with a real one, but everything of the holder’s', async () => {
    const card = blankCard('yubikey-5.7', 20_000_001)
    const { reader, detach } = await attachCard(card)
    try {
      const tool = (...args: string[]) => run('yubico-piv-tool', ['-r', reader, ...args])
      expect((await tool('-a', 'status')).stdout).toMatch(/Version:\s+5\.7\.1[\s\S]*Serial Number:\s+20000001/)
      expect((await tool(`-k${FACTORY}`, '-a', 'set-chuid')).code).toBe(1)
      expect((await tool('-a', 'change-pin', '-P', '123456', '-N', '654321')).code).toBe(0)
      expect((await tool('-a', 'verify-pin', '-P', '654321')).code).toBe(0)
      expect((await tool('-a', 'unblock-pin', '-P', '12345678', '-N', '777777')).code).toBe(0)
      expect((await tool('-a', 'verify-pin', '-P', '777777')).code).toBe(0)
    } finally {
      await detach()
    }
  })
})
