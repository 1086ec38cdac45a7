import { randomBytes, X509Certificate } from 'node:crypto'
import type { AuthorityStore } from '@cardwright/adapters/ca'
import { toPem } from '@cardwright/pki'
import { run as runTool } from '../../tests/interop/foreign-tools.ts'
import { testFiles } from '../../tests/interop/test-files.ts'
import { benchAuthority, certificateRequests } from '../ca/authority.ts'
import { median, type Report, seconds } from '../harness.ts'

export const name = 'ca'

const CERTIFICATES = 400
const ENTRIES = 100_000
const REPEATS = 5

export async function run(report: Report): Promise<void> {
  await measureCertificates(report)
  await measureCrl(report)
}

async function measureCertificates(report: Report): Promise<void> {
  const { authority } = await benchAuthority()
  const issuing = new X509Certificate(authority.issuingCertificate)
  const rates: number[] = []
  for (let i = 0; i <= REPEATS; i++) {
    const requests = await certificateRequests(CERTIFICATES)
    const issued: Uint8Array[] = []
    const taken = await seconds(async () => {
      for (const request of requests) issued.push((await authority.issue(request)).certificate)
    })
    if (!issued.every(der => new X509Certificate(der).verify(issuing.publicKey))) throw new Error('a wrong signature')
    // The first round warms up.
    if (i > 0) rates.push(CERTIFICATES / taken)
  }
  const note = `PIV authentication profile, P-384 issuing key, intent and evidence stored in memory, one after another in one process, each verified; median of ${REPEATS} × ${CERTIFICATES}`
  report({ name: 'ca.certificates_per_s', value: median(rates), unit: '1/s', note })
}

async function revoke(store: AuthorityStore, count: number): Promise<void> {
  const now = Date.now()
  for (let i = 0; i < count; i++) {
    const serial = randomBytes(16)
    serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
    await store.intend({
      idempotencyKey: `revoked-${i}`,
      version: 1,
      serialNumber: serial.toString('hex').toUpperCase(),
      publicKeySpki: null,
      tbs: null,
      certificate: null,
      status: 'REVOKED',
      reason: 'superseded',
      statusSince: now - i * 1000,
      notAfter: now + 86_400_000,
    })
  }
}

async function measureCrl(report: Report): Promise<void> {
  const files = await testFiles()
  try {
    const times: number[] = []
    let size = 0
    for (let i = 0; i < 3; i++) {
      const { authority, store } = await benchAuthority()
      await revoke(store, ENTRIES)
      times.push(
        await seconds(async () => {
          size = (await authority.issuingCrl()).der.length
        }),
      )
      if (i > 0) continue
      const crl = await files.write('crl.pem', toPem('X509 CRL', (await authority.issuingCrl()).der))
      const issuer = await files.write('ca.pem', toPem('CERTIFICATE', authority.issuingCertificate))
      const said = await runTool('openssl', ['crl', '-in', crl, '-CAfile', issuer, '-noout'])
      if (!said.stderr.includes('verify OK')) throw new Error(`openssl does not accept the CRL: ${said.stderr}`)
    }
    const note = `${ENTRIES} entries with reason from the store in memory to a signed CRL of ${(size / 1e6).toFixed(1)} MB, verified by openssl; median of 3`
    report({ name: 'crl.100k_s', value: median(times), unit: 's', note })
  } finally {
    await files.remove()
  }
}
