import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { toPem } from '@cardwright/pki'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canRun, run } from './foreign-tools.ts'
import { type Desk, openDesk, policyWith } from './issued-card.ts'
import { openssl } from './test-files.ts'

const SID = 'S-1-5-21-3623811015-3361044348-30300820-1013'
const SLOTS = ['9A', '9C', '9D', '9E'] as const

describe.runIf(canRun('openssl', 'yubico-piv-tool'))('openssl and what an issued card carries', () => {
  let desk: Desk
  let ocspServer: Server
  let ocspUrl: string
  const path = (name: string): string => desk.files.path(name)

  beforeAll(async () => {
    const user = { sid: SID }
    desk = await openDesk({ model: 'yubikey-5.7', serial: 20_573_001, user, policy: policyWith('P-256', 'RSA-2048') })
    await desk.issue()
    ocspServer = createServer(async (request, response) => {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part as Buffer)
      const answer = await desk.world.authority.answerOcsp(new Uint8Array(Buffer.concat(parts)))
      response.setHeader('content-type', 'application/ocsp-response').end(answer)
    })
    await new Promise<void>(resolve => ocspServer.listen(0, '127.0.0.1', resolve))
    ocspUrl = `http://127.0.0.1:${(ocspServer.address() as AddressInfo).port}/`
  })
  afterAll(async () => {
    ocspServer?.close()
    await desk?.close()
  })

  const publishCrls = async (): Promise<void> => {
    const { authority } = desk.world
    const crls = [await authority.rootCrl(), await authority.issuingCrl()]
    await desk.files.write('crls.pem', crls.map(({ der }) => toPem('X509 CRL', der)).join(''))
  }
  /** Chain to the root with both CRLs; what openssl says. */
  const verifyChain = async (slot: string): Promise<string> => {
    const trust = ['-CAfile', path('root.pem'), '-untrusted', path('issuing.pem')]
    const crls = ['-crl_check_all', '-CRLfile', path('crls.pem')]
    const { stdout, stderr } = await run('openssl', ['verify', '-x509_strict', ...trust, ...crls, path(`${slot}.pem`)])
    return stdout + stderr
  }
  const askOcsp = async (slot: string): Promise<string> => {
    await desk.files.write('chain.pem', await openssl('x509', '-in', path('issuing.pem')))
    const trust = ['-issuer', path('issuing.pem'), '-CAfile', path('root.pem'), '-verify_other', path('chain.pem')]
    const args = ['ocsp', '-url', ocspUrl, ...trust, '-cert', path(`${slot}.pem`), '-resp_text']
    const { stdout, stderr } = await run('openssl', args)
    return stdout + stderr
  }

  it.each(SLOTS)('openssl verify accepts the chain of %s with both CRLs', async slot => {
    await publishCrls()
    expect(await verifyChain(slot)).toMatch(/: OK\n/)
  })

  it.each(SLOTS)('openssl ocsp verifies the answer for %s: good', async slot => {
    const said = await askOcsp(slot)
    expect(said).toContain('Response verify OK')
    expect(said).toMatch(/\.pem: good/)
    expect(said).not.toContain('WARNING: no nonce')
  })

  it('a suspended device is on hold in CRL and OCSP, and good again when resumed', async () => {
    await desk.change({ change: 'suspend', note: '' })
    await publishCrls()
    for (const slot of SLOTS) {
      expect(await verifyChain(slot)).toContain('certificate revoked')
      const said = await askOcsp(slot)
      expect(said).toContain('Response verify OK')
      expect(said).toMatch(/: revoked\s[\s\S]*Reason: certificateHold/)
    }
    await desk.change({ change: 'resume', note: '' })
    await publishCrls()
    for (const slot of SLOTS) {
      expect(await verifyChain(slot)).toMatch(/: OK\n/)
      expect(await askOcsp(slot)).toMatch(/\.pem: good/)
    }
  })

  it.each([
    ['9A', 'sslclient'],
    ['9C', 'smimesign'],
    ['9D', 'smimeencrypt'],
  ])('openssl finds the certificate of %s fit for %s', async (slot, purpose) => {
    const trust = ['-CAfile', path('root.pem'), '-untrusted', path('issuing.pem')]
    const said = await openssl('verify', '-x509_strict', '-purpose', purpose, ...trust, path(`${slot}.pem`))
    expect(said).toMatch(/: OK\n/)
  })

  it('the certificate in 9A has what Windows and MIT Kerberos look for', async () => {
    const text = await openssl('x509', '-in', path('9A.pem'), '-noout', '-text')
    expect(text).toContain('TLS Web Client Authentication')
    expect(text).toContain('Microsoft Smartcard Login')
    // id-pkinit-KPClientAuth, RFC 4556 §3.2.2.
    expect(text).toContain('PKINIT Client Auth')
    expect(text).toMatch(/X509v3 Key Usage: critical\s+Digital Signature\n/)
    expect(text).toContain(`urn:uuid:${desk.device().cardUuid}`)
    expect(text).toMatch(new RegExp(`1\\.3\\.6\\.1\\.4\\.1\\.311\\.25\\.2:\\s[\\s\\S]*?${SID}\\s`))
    const san = String(await sanOffset())
    const tree = await openssl('asn1parse', '-in', path('9A.pem'), '-strparse', san, '-dump')
    // UPN (MS-PKCA §3.1.5.2.1), then KRB5PrincipalName (RFC 4556 §3.2.2): realm, name type 1, principal.
    expect(tree).toMatch(/OBJECT\s+:Microsoft User Principal Name\s.*\s.*UTF8STRING\s+:anna@example\.org/)
    const principal = tree.slice(tree.indexOf(':1.3.6.1.5.2.2'))
    expect(principal).toMatch(/GENERALSTRING\s+.* EXAMPLE\.ORG\s[\s\S]*INTEGER\s+:01\s[\s\S]*GENERALSTRING\s+.* anna\s/)
  })

  /** Where the value of subjectAltName begins, as asn1parse counts. */
  async function sanOffset(): Promise<number> {
    const lines = (await openssl('asn1parse', '-in', path('9A.pem'))).split('\n')
    const at = lines.findIndex(line => line.includes('X509v3 Subject Alternative Name'))
    const value = lines.slice(at + 1).find(line => line.includes('OCTET STRING'))
    return Number(value?.trim().split(':')[0])
  }

  it('openssl cms verifies CHUID and security object as yubico-piv-tool reads them', async () => {
    await desk.files.write('trust.pem', (await openssl('x509', '-in', path('root.pem'))) + (await issuing()))
    const chuid = await readObject('5fc102')
    // SP 800-73pt1-5 §3.1.2: signed is everything but the signature (tag 3E).
    const signature = findTag(chuid, 0x3e)
    const signed = Buffer.concat([chuid.subarray(0, signature.begin), chuid.subarray(signature.end)])
    await desk.files.write('chuid.cms', signature.value)
    await desk.files.write('chuid.bin', signed)
    const cms = ['cms', '-verify', '-inform', 'DER', '-CAfile', path('trust.pem'), '-purpose', 'any', '-binary']
    await openssl(...cms, '-in', path('chuid.cms'), '-content', path('chuid.bin'), '-out', path('out'))

    // §3.1.7: the security object carries no certificate, its signer is the CHUID's.
    await openssl('pkcs7', '-inform', 'DER', '-in', path('chuid.cms'), '-print_certs', '-out', path('signer.pem'))
    await desk.files.write('security.cms', findTag(await readObject('5fc106'), 0xbb).value)
    await openssl(...cms, '-in', path('security.cms'), '-certfile', path('signer.pem'), '-out', path('lds'))
    const hashes = await openssl('asn1parse', '-inform', 'DER', '-in', path('lds'))
    const ccc = await desk.files.write('ccc.bin', await readObject('5fc107'))
    const digest = (await openssl('dgst', '-sha384', '-r', ccc)).split(' ')[0]?.toUpperCase()
    expect(hashes).toContain(`:${digest}`)
    signed[2] = (signed[2] ?? 0) ^ 1
    await desk.files.write('chuid.bin', signed)
    const args = [...cms, '-in', path('chuid.cms'), '-content', path('chuid.bin'), '-out', path('out')]
    expect((await run('openssl', args)).stderr).toContain('Verification failure')
  })

  const issuing = () => openssl('x509', '-in', path('issuing.pem'))

  /** The value inside tag 53. */
  async function readObject(id: string): Promise<Buffer> {
    const to = ['-f', 'binary', '-o', path(`${id}.bin`)]
    const args = ['-r', desk.attached.reader, '-a', 'read-object', '--id', `0x${id}`, ...to]
    const read = await run('yubico-piv-tool', args)
    if (read.code !== 0) throw new Error(read.stderr)
    return readFile(path(`${id}.bin`))
  }

  it('terminating a lost device revokes all four for keyCompromise', async () => {
    await desk.change({ change: 'terminate', reason: 'LOST', note: '' })
    await publishCrls()
    for (const slot of SLOTS) {
      expect(await verifyChain(slot)).toContain('certificate revoked')
      expect(await askOcsp(slot)).toMatch(/: revoked\s[\s\S]*Reason: keyCompromise/)
    }
  })
})

/** One-byte tag with BER length among others; where it stands and what it holds. */
function findTag(object: Buffer, tag: number): { begin: number; end: number; value: Buffer } {
  for (let at = 0; at < object.length; ) {
    const first = object[at + 1] ?? 0
    const extra = first > 0x80 ? first - 0x80 : 0
    const length = extra ? object.readUIntBE(at + 2, extra) : first
    const from = at + 2 + extra
    if (object[at] === tag) return { begin: at, end: from + length, value: object.subarray(from, from + length) }
    at = from + length
  }
  throw new Error(`there is no tag ${tag.toString(16)}`)
}
