import { createPublicKey, verify, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blankCard, PLAIN_ADMINISTRATION_KEY } from './blank-card.ts'
import { canRun, run, type ToolResult } from './foreign-tools.ts'
import { type AttachedCard, attachCard } from './pcscd.ts'
import { certify, makeAuthority, publicKeyOf, type TestFiles, testFiles } from './test-files.ts'

const CHUID =
  '3019D4E739DA739CED39CE739D836858210842108421C84210C3EB3410A1B2C3D4E5F64A5B8C9D0E1F2A3B4C5D350832303330303130313E00FE00'
const CCC = `F015A000000116FF02${'22'.repeat(14)}F10121F20121F300F40100F50110F600F700FA00FB00FC00FD00FE00`

describe.runIf(canRun('opensc-tool', 'openssl'))('OpenSC and a plain SP 800-73 card', () => {
  const card = blankCard('sp800-73', 4_000_000_002)
  let attached: AttachedCard
  let files: TestFiles
  beforeAll(async () => {
    files = await testFiles()
    await makeAuthority(files)
    attached = await attachCard(card)
  })
  afterAll(async () => {
    await attached?.detach()
    await files?.remove()
  })

  /** OpenSC's own personalisation tool, authenticated mutually with the card's AES-128 key. */
  async function pivTool(key: Uint8Array, ...args: string[]): Promise<ToolResult> {
    const text = Array.from(key, byte => byte.toString(16).padStart(2, '0')).join(':')
    const env = { PIV_EXT_AUTH_KEY: await files.write('admin.key', text) }
    return run('piv-tool', ['-r', attached.reader, '-A', 'M:9B:08', ...args], { env })
  }

  const pkcs11 = (...args: string[]): Promise<ToolResult> =>
    run('pkcs11-tool', ['--slot-description', attached.reader, ...args])

  it('is listed and known as a PIV card by its ATR', async () => {
    expect((await run('opensc-tool', ['--list-readers'])).stdout).toMatch(/Yes\s+Virtual PCD 00 00/)
    const { stdout, stderr } = await run('opensc-tool', ['-r', attached.reader, '--name'])
    expect(stdout + stderr).toContain('Personal Identity Verification Card')
  })

  it('refuses piv-tool with a wrong administration key', async () => {
    const object = await files.write('chuid.bin', Buffer.from(`53${hexLength(CHUID)}${CHUID}`, 'hex'))
    const wrong = await pivTool(new Uint8Array(16).fill(1), '-O', '3000', '-i', object)
    expect(wrong.code).not.toBe(0)
    expect(card.state().piv.objects['5FC102']).toBeUndefined()
  })

  it('is personalised by piv-tool: keys, CHUID, CCC, certificates', async () => {
    // This piv-tool makes the key on the card but cannot print it with OpenSSL 3 (exit code 2): the card is asked instead.
    for (const [slot, algorithm] of [
      ['9A', '07'],
      ['9C', '07'],
      ['9D', '07'],
      ['9E', '11'],
    ] as const) {
      await pivTool(PLAIN_ADMINISTRATION_KEY, '-G', `${slot}:${algorithm}`)
      const certificate = await certify(files, slot, publicKeyOf(card, slot))
      expect((await pivTool(PLAIN_ADMINISTRATION_KEY, '-C', slot, '-i', certificate)).stderr).toBe('')
    }
    const chuid = await files.write('chuid.bin', Buffer.from(`53${hexLength(CHUID)}${CHUID}`, 'hex'))
    const ccc = await files.write('ccc.bin', Buffer.from(`53${hexLength(CCC)}${CCC}`, 'hex'))
    // Its exit code after -O is the number of bytes written.
    expect((await pivTool(PLAIN_ADMINISTRATION_KEY, '-O', '3000', '-i', chuid)).code).toBe(2 + CHUID.length / 2)
    expect((await pivTool(PLAIN_ADMINISTRATION_KEY, '-O', 'DB00', '-i', ccc)).code).toBe(2 + CCC.length / 2)
    expect(Object.keys(card.state().piv.objects).sort()).toEqual(
      ['5FC101', '5FC102', '5FC105', '5FC107', '5FC10A', '5FC10B', '7E'].sort(),
    )
  })

  it('pkcs15-tool -D shows its certificates and keys', async () => {
    const { stdout } = await run('pkcs15-tool', ['--reader', attached.reader, '-D'])
    // The label is the subject of the certificate in 9A.
    expect(stdout).toContain('PKCS#15 Card [9A]')
    expect(stdout).toContain('X.509 Certificate [Certificate for PIV Authentication]')
    expect(stdout).toContain('X.509 Certificate [Certificate for Digital Signature]')
    expect(stdout).toMatch(/Private RSA Key \[PIV AUTH key\]/)
    // Agency 9999: the GUID is the serial number (SP 800-73pt1-5 §3.1.2).
    expect(stdout).toMatch(/Serial number\s+: a1b2c3d4e5f64a5b8c9d0e1f2a3b4c5d/)
    const read = await run('pkcs15-tool', ['--reader', attached.reader, '--read-certificate', '01'])
    expect(new X509Certificate(read.stdout).raw).toEqual(new X509Certificate(await readFile(files.path('9A.crt'))).raw)
  })

  it('counts a wrong PIN down and takes the right one', async () => {
    const wrong = await pkcs11('--login', '--pin', '999999', '--list-objects')
    expect(wrong.stderr).toContain('CKR_PIN_INCORRECT')
    expect(card.state().piv.pin.left).toBe(4)
    expect((await pkcs11('--login', '--pin', '123456', '--list-objects')).code).toBe(0)
    expect(card.state().piv.pin.left).toBe(5)
  })

  it.each([
    ['01', '9A'],
    ['02', '9C'],
  ])('signs with key %s; openssl agrees', async (id, slot) => {
    const message = await files.write('message', `signed by ${slot}`)
    const signature = files.path('signature')
    const mechanism = ['--mechanism', 'SHA256-RSA-PKCS', '--input-file', message, '--output-file', signature]
    const result = await pkcs11('--login', '--pin', '123456', '--sign', '--id', id, ...mechanism)
    expect(result.code, result.stderr).toBe(0)
    const key = createPublicKey(publicKeyOf(card, slot))
    expect(verify('sha256', await readFile(message), key, await readFile(signature))).toBe(true)
  })

  it('passes pkcs11-tool --test', async () => {
    const { stdout, stderr, code } = await pkcs11('--login', '--pin', '123456', '--test')
    expect(stdout + stderr).toContain('No errors')
    expect(code).toBe(0)
  })

  it('changes its PIN and is unblocked with its PUK', async () => {
    expect((await pkcs11('--login', '--pin', '123456', '--change-pin', '--new-pin', '24681357')).code).toBe(0)
    const args = ['--reader', attached.reader, '--unblock-pin', '--puk', '12345678', '--new-pin', '135790']
    expect((await run('pkcs15-tool', args)).code).toBe(0)
    expect((await pkcs11('--login', '--pin', '135790', '--list-objects')).code).toBe(0)
  })
})

function hexLength(hex: string): string {
  return (hex.length / 2).toString(16).padStart(2, '0')
}
