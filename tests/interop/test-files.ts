import { createPrivateKey, createPublicKey } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { VirtualCard } from '@cardwright/card-virtual'
import { run } from './foreign-tools.ts'

/** A folder for one suite's files. */
export type TestFiles = {
  readonly path: (name: string) => string
  write(name: string, data: string | Uint8Array): Promise<string>
  remove(): Promise<void>
}

export async function testFiles(): Promise<TestFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'cardwright-interop-'))
  const path = (name: string) => join(folder, name)
  return {
    path,
    async write(name, data) {
      await writeFile(path(name), data)
      return path(name)
    },
    remove: () => rm(folder, { recursive: true }),
  }
}

/** The public key in a slot as PEM, taken from the virtual card itself. */
export function publicKeyOf(card: VirtualCard, slot: string): string {
  const key = card.state().piv.keys[slot]
  if (!key) throw new Error(`slot ${slot} is empty`)
  const privateKey = createPrivateKey({ key: Buffer.from(key.pkcs8), format: 'der', type: 'pkcs8' })
  return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString()
}

/** Runs openssl and fails with what it said. */
export async function openssl(...args: readonly string[]): Promise<string> {
  const result = await run('openssl', args)
  if (result.code !== 0) throw new Error(`openssl ${args[0]}: ${result.stderr}`)
  return result.stdout
}

/** A test authority: `ca.crt`, `ca.key` in the folder. */
export async function makeAuthority(files: TestFiles): Promise<void> {
  const out = ['-keyout', files.path('ca.key'), '-out', files.path('ca.crt')]
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  await openssl('req', '-x509', ...key, ...out, '-subj', '/CN=Interop test authority', '-days', '30')
}

/** A certificate of the authority for a public key; returns the PEM file. */
export async function certify(files: TestFiles, name: string, publicKeyPem: string): Promise<string> {
  const pub = await files.write(`${name}.pub`, publicKeyPem)
  const out = files.path(`${name}.crt`)
  const ca = ['-CA', files.path('ca.crt'), '-CAkey', files.path('ca.key')]
  await openssl('x509', '-new', '-subj', `/CN=${name}`, '-force_pubkey', pub, ...ca, '-days', '20', '-out', out)
  return out
}

/** A software key of its own with a self-signed certificate: `name.key`, `name.crt`. */
export async function makeSoftwareKey(files: TestFiles, name: string, newkey: readonly string[]): Promise<void> {
  const out = ['-keyout', files.path(`${name}.key`), '-out', files.path(`${name}.crt`)]
  await openssl('req', '-x509', ...newkey, '-nodes', ...out, '-subj', `/CN=${name}`, '-days', '30')
}

export const NEW_P256 = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'] as const
export const NEW_RSA = ['-newkey', 'rsa:2048'] as const
