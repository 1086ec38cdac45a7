import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Credential, Device } from '@cardwright/contract'
import { expect } from 'vitest'
import { must } from './command-line.ts'
import type { TestServer } from './server.ts'

const run = promisify(execFile)
const openssl = async (...args: string[]): Promise<string> => (await run('openssl', args)).stdout

export const devicesOf = async (server: TestServer, userId: string): Promise<Device[]> =>
  (await must<{ rows: Device[] }>(server, 'GET', `/api/users/${userId}/devices`)).rows

const inFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'cardwright-e2e-pki-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Fetches what relying parties fetch; answers the file. */
const fetched = async (server: TestServer, folder: string, name: string): Promise<string> => {
  const response = await fetch(`${server.url.replace('localhost', '127.0.0.1')}/pki/${name}`)
  if (!response.ok) throw new Error(`/pki/${name}: ${response.status}`)
  const file = join(folder, name)
  await writeFile(file, Buffer.from(await response.arrayBuffer()))
  return file
}

const pemOf = async (file: string): Promise<string> => {
  await openssl('x509', '-inform', 'DER', '-in', file, '-out', `${file}.pem`)
  return `${file}.pem`
}

/** Serial numbers on the CRL with their reasons, as openssl reads them; its signature is checked. */
export const revocationList = (server: TestServer): Promise<ReadonlyMap<string, string>> =>
  inFolder(async folder => {
    const crl = await fetched(server, folder, 'issuing.crl')
    const issuing = await pemOf(await fetched(server, folder, 'issuing.cer'))
    const text = await openssl('crl', '-inform', 'DER', '-in', crl, '-CAfile', issuing, '-noout', '-text')
    const entries = text.split('Serial Number:').slice(1)
    return new Map(
      entries.map(entry => {
        const reason = /CRL Reason Code:\s*\n?\s*(.+)/.exec(entry)?.[1]?.trim() ?? 'none'
        return [entry.trim().split(/\s/)[0] ?? '', reason]
      }),
    )
  })

/** good, or revoked with its reason: the server's own OCSP answer, verified by openssl up to the root. */
export const ocspStatus = (server: TestServer, credential: Pick<Credential, 'id'>): Promise<string> =>
  inFolder(async folder => {
    const { pem } = await must<{ pem: string }>(server, 'GET', `/api/credentials/${credential.id}/certificate`)
    const certificate = join(folder, 'certificate.pem')
    await writeFile(certificate, pem)
    const issuer = await pemOf(await fetched(server, folder, 'issuing.cer'))
    const root = await pemOf(await fetched(server, folder, 'root.cer'))
    const url = `${server.url.replace('localhost', '127.0.0.1')}/pki/ocsp`
    const chain = ['-issuer', issuer, '-cert', certificate, '-CAfile', root]
    const { stdout, stderr } = await run('openssl', ['ocsp', ...chain, '-url', url, '-no_nonce'])
    if (!stderr.includes('Response verify OK')) throw new Error(`openssl ocsp: ${stderr}`)
    const status = /certificate\.pem: (\w+)/.exec(stdout)?.[1] ?? 'no status'
    const reason = /Reason: (\S+)/.exec(stdout)?.[1]
    return reason ? `${status} ${reason}` : status
  })

/**
 * Relying parties see all certificates of a device like this: by the CRL, once the next one is there, and by OCSP. Of
 * those that are not on the CRL the reason is undefined.
 */
export const relyingPartiesSee = async (
  server: TestServer,
  { credentials }: Pick<Device, 'credentials'>,
  onCrl: string | undefined,
  byOcsp: string,
): Promise<void> => {
  expect(credentials).toHaveLength(4)
  await expect
    .poll(
      async () => {
        const list = await revocationList(server)
        return credentials.map(credential => list.get(credential.serialNumber))
      },
      { timeout: 45_000, interval: 200 },
    )
    .toEqual(credentials.map(() => onCrl))
  expect(await Promise.all(credentials.map(credential => ocspStatus(server, credential)))).toEqual(
    credentials.map(() => byOcsp),
  )
}
