import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Device } from '@cardwright/contract'
import { parseCrl } from '@cardwright/pki'
import { expect } from 'vitest'

const run = promisify(execFile)

const fetched = async (url: string): Promise<Uint8Array> => {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}

/** The reason by which each serial number (upper-case hex) stands on the CRL; null = it does not. */
export const onCrl = async (url: string, serials: readonly string[]): Promise<(string | null)[]> => {
  const { entries } = parseCrl(await fetched(`${url}/pki/issuing.crl`))
  return serials.map(serial => entries.get(serial.toLowerCase())?.reason ?? null)
}

/** What openssl makes of the server's own OCSP answer: `good`, or `revoked` with its reason. */
export const byOcsp = async (url: string, serials: readonly string[]): Promise<string[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'cardwright-ocsp-'))
  try {
    const files: string[] = []
    for (const name of ['issuing', 'root']) {
      const file = join(folder, name)
      await writeFile(`${file}.der`, await fetched(`${url}/pki/${name}.cer`))
      await run('openssl', ['x509', '-inform', 'DER', '-in', `${file}.der`, '-out', file])
      files.push(file)
    }
    const [issuing = '', root = ''] = files
    const asked = serials.flatMap(serial => ['-serial', `0x${serial}`])
    const { stdout, stderr } = await run('openssl', [
      ...[
        'ocsp',
        '-issuer',
        issuing,
        '-CAfile',
        root,
        '-url',
        `${url}/pki/ocsp`,
        '-no_nonce',
        '-validity_period',
        '86400',
      ],
      ...asked,
    ])
    if (!stderr.includes('Response verify OK')) throw new Error(`openssl ocsp: ${stderr}`)
    return stdout
      .split(/^0x/m)
      .slice(1)
      .map(part => {
        const status = /: (\w+)/.exec(part)?.[1] ?? 'no status'
        const reason = /Reason: (\S+)/.exec(part)?.[1]
        return reason ? `${status} ${reason}` : status
      })
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Relying parties see all certificates of a device like this: by the CRL, once the next one is there, and by OCSP. */
export const relyingPartiesSee = async (
  url: string,
  { credentials }: Pick<Device, 'credentials'>,
  reason: string | null,
): Promise<void> => {
  const serials = credentials.map(c => c.serialNumber)
  expect(serials.length).toBeGreaterThan(0)
  await expect.poll(() => onCrl(url, serials), { timeout: 20_000, interval: 200 }).toEqual(serials.map(() => reason))
  const status = reason === null ? 'good' : `revoked ${reason}`
  expect(await byOcsp(url, serials)).toEqual(serials.map(() => status))
}
