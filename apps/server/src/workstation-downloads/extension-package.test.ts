import { execFileSync } from 'node:child_process'
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ExtensionKey, extensionId } from './crx.ts'
import { type BuiltExtension, matchPattern, packExtension } from './extension-package.ts'

const utf8 = (text: string) => Uint8Array.from(Buffer.from(text))
const built: BuiltExtension = {
  version: '1.2.3',
  files: [
    { path: 'icons/16.png', bytes: Uint8Array.from({ length: 700 }, (_, i) => (i * i) % 251) },
    { path: 'manifest.json', bytes: utf8('{"manifest_version":3,"version":"1.2.3","name":"Cardwright"}') },
    { path: 'service-worker.js', bytes: utf8("import { origins } from './site.js'\n".repeat(200)) },
    { path: 'empty.txt', bytes: new Uint8Array() },
  ],
}
let folder: string
let key: ExtensionKey
let pem: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cardwright-extension-'))
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
  key = { privateKey, publicKey: Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' })) }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, bytes: Uint8Array | string): string => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}
const unzip = (archive: string, ...args: string[]) =>
  execFileSync('unzip', [...args.slice(0, 1), archive, ...args.slice(1)])

/** A reader of protocol buffers' length-delimited fields, written apart from the writer. */
const fields = (bytes: Buffer): Map<number, Buffer> => {
  const found = new Map<number, Buffer>()
  let at = 0
  const varint = () => {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++] ?? 0
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return Number(value)
    }
  }
  while (at < bytes.length) {
    const tag = varint()
    expect(tag & 7).toBe(2)
    const length = varint()
    found.set(tag >> 3, bytes.subarray(at, at + length))
    at += length
  }
  return found
}

const headerOf = (crx: Uint8Array) => {
  const bytes = Buffer.from(crx)
  const length = bytes.readUInt32LE(8)
  return {
    magic: bytes.toString('latin1', 0, 4),
    version: bytes.readUInt32LE(4),
    header: bytes.subarray(12, 12 + length),
    archive: bytes.subarray(12 + length),
  }
}

test('unzip finds every file as it was, and the manifest completed for this installation', () => {
  const made = packExtension(built, key, 'https://cards.example.org')
  const archive = file('cardwright.zip', made.zip)
  expect(unzip(archive, '-tq').toString()).toContain('No errors detected')
  for (const { path, bytes } of built.files) {
    if (path !== 'manifest.json') expect(new Uint8Array(unzip(archive, '-p', path)), path).toEqual(bytes)
  }
  expect(JSON.parse(unzip(archive, '-p', 'manifest.json').toString())).toEqual({
    manifest_version: 3,
    version: '1.2.3',
    name: 'Cardwright',
    key: Buffer.from(key.publicKey).toString('base64'),
    update_url: 'https://cards.example.org/extension/updates.xml',
    externally_connectable: { matches: ['https://cards.example.org/*'] },
  })
  expect(unzip(archive, '-p', 'site.js').toString()).toBe('export const origins = ["https://cards.example.org"]\n')
})

test('the id is the one that browsers derive from the key', () => {
  const der = execFileSync('openssl', ['pkey', '-pubout', '-outform', 'DER'], { input: pem })
  const digest = execFileSync('openssl', ['dgst', '-sha256', '-r'], { input: der }).toString().slice(0, 32)
  const letters = [...digest].map(digit => 'abcdefghijklmnop'['0123456789abcdef'.indexOf(digit)]).join('')
  expect(packExtension(built, key, 'http://localhost:8420').id).toBe(letters)
  expect(letters).toMatch(/^[a-p]{32}$/)
})

test('the CRX holds the ZIP, and openssl accepts its signature over header and archive', () => {
  const made = packExtension(built, key, 'http://localhost:8420')
  const { magic, version, header, archive } = headerOf(made.crx)
  expect([magic, version]).toEqual(['Cr24', 3])
  expect(new Uint8Array(archive)).toEqual(made.zip)

  const proof = fields(fields(header).get(2) ?? Buffer.alloc(0))
  const signedData = fields(header).get(10_000) ?? Buffer.alloc(0)
  const id = fields(signedData).get(1) ?? Buffer.alloc(0)
  expect(id.toString('hex').replace(/./g, d => 'abcdefghijklmnop'[Number.parseInt(d, 16)] ?? '')).toBe(made.id)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(signedData.length)
  const verify = (content: Uint8Array) => {
    const publicKey = createPublicKey({ key: proof.get(1) ?? Buffer.alloc(0), type: 'spki', format: 'der' })
    const pemFile = file('public.pem', String(publicKey.export({ type: 'spki', format: 'pem' })))
    const signature = file('signature', proof.get(2) ?? Buffer.alloc(0))
    return execFileSync('openssl', ['dgst', '-sha256', '-verify', pemFile, '-signature', signature], {
      input: Buffer.concat([Buffer.from('CRX3 SignedData\0'), length, signedData, content]),
      stdio: ['pipe', 'pipe', 'ignore'],
    }).toString()
  }
  expect(verify(archive)).toBe('Verified OK\n')
  const tampered = Uint8Array.from(archive)
  tampered[40] = (tampered[40] ?? 0) ^ 1
  expect(() => verify(tampered)).toThrow()
})

test('every server with the same key makes the same bytes', () => {
  const again: ExtensionKey = { privateKey: createPrivateKey(pem), publicKey: key.publicKey }
  const [one, two] = [key, again].map(own => packExtension(built, own, 'https://cards.example.org'))
  expect(two?.crx).toEqual(one?.crx)
  expect(extensionId(again.publicKey)).toBe(one?.id)
})

test.each([
  ['https://cards.example.org', 'https://cards.example.org/*'],
  ['http://localhost:8420', 'http://localhost:8420/*'],
  ['https://cards:8443', 'https://cards:8443/*'],
])('%s is matched by %s', (origin, pattern) => {
  expect(matchPattern(origin)).toBe(pattern)
})
