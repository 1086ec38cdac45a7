import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAttestationRoot } from '@cardwright/card-virtual'
import { afterAll, expect, test } from 'vitest'
import { AttestationAnchorError, attestationFolder, readAttestationAnchors } from './attestation-anchors.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'cardwright-anchors-'))
afterAll(() => rmSync(dataDir, { recursive: true }))
const { certificate } = createAttestationRoot(length => crypto.getRandomValues(new Uint8Array(length)))
const pem = `-----BEGIN CERTIFICATE-----\n${Buffer.from(certificate).toString('base64')}\n-----END CERTIFICATE-----\n`

test('no folder, no anchors', async () => {
  expect(await readAttestationAnchors(dataDir)).toEqual([])
})

test('DER, PEM and several in one file are read; other files are not', async () => {
  mkdirSync(attestationFolder(dataDir), { recursive: true })
  writeFileSync(join(attestationFolder(dataDir), 'a.der'), certificate)
  writeFileSync(join(attestationFolder(dataDir), 'b.pem'), `# two of them\n${pem}${pem}`)
  writeFileSync(join(attestationFolder(dataDir), 'readme.txt'), 'not a certificate')
  expect(await readAttestationAnchors(dataDir)).toEqual([certificate, certificate, certificate])
})

test.each(['nonsense', '', pem.replaceAll('A', 'B')])('a file that holds no certificate is named', async content => {
  const file = join(attestationFolder(dataDir), 'broken.pem')
  writeFileSync(file, content)
  await expect(readAttestationAnchors(dataDir)).rejects.toThrow(AttestationAnchorError)
  await expect(readAttestationAnchors(dataDir)).rejects.toThrow('broken.pem')
  rmSync(file)
})
