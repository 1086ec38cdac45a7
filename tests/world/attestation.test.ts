import { randomBytes } from 'node:crypto'
import {
  answerWitness,
  attest,
  createLocalRunner,
  createManagementKeyCipher,
  createSession,
  decodeCertificateObject,
  generateKeyPair,
  getData,
  requestWitness,
  selectPiv,
  wellKnownKey,
  YUBICO_OBJECTS,
} from '@cardwright/card'
import { createAttestationRoot } from '@cardwright/card-virtual'
import { checkAttestation } from '@cardwright/pki'
import { describe, expect, test } from 'vitest'
import { issue } from './issue.ts'
import { blankCard, createWorld, maker } from './world.ts'

describe('keys that must be made on the card', () => {
  test.each(['yubikey-5.7', 'yubikey-5.2'] as const)('%s of a trusted maker is issued', async model => {
    const world = await createWorld({ policy: { attestation: 'REQUIRED' } })
    await world.insert(blankCard(model))
    const done = await issue(world)
    expect(done.error).toBeNull()
    expect(done).toMatchObject({ state: 'COMPLETED', notes: [] })
    expect(done.roundTrips).toBeLessThanOrEqual(4)
  })

  test('a card of an unknown maker is refused, and no certificate was asked for', async () => {
    const world = await createWorld({ policy: { attestation: 'REQUIRED' } })
    const stranger = createAttestationRoot(n => new Uint8Array(randomBytes(n)))
    await world.insert(blankCard('yubikey-5.7', 5, stranger))
    const done = await issue(world)
    expect(done).toMatchObject({ state: 'FAILED', error: { code: 'ATTESTATION_FAILED' } })
    expect([...world.store.committed().credentials.values()]).toEqual([])
  })

  test('where attestation is only wished for, an unknown maker is a note', async () => {
    const world = await createWorld({ policy: { attestation: 'IF_POSSIBLE' } })
    const stranger = createAttestationRoot(n => new Uint8Array(randomBytes(n)))
    await world.insert(blankCard('yubikey-5.7', 5, stranger))
    const done = await issue(world)
    expect(done).toMatchObject({ state: 'COMPLETED', notes: [{ code: 'MAKER_UNKNOWN' }] })
  })
})

describe('one statement', async () => {
  const card = blankCard('yubikey-5.7', 77)
  const session = createSession(createLocalRunner(card))
  const cipher = createManagementKeyCipher('AES-192', wellKnownKey('yubico-default', 'AES-192'))
  const [, witness] = await session.run(selectPiv(), requestWitness('AES-192'))
  const [, key] = await session.run(
    answerWitness('AES-192', await cipher.decryptBlock(witness), new Uint8Array(16)),
    generateKeyPair({ slot: 0x9a, algorithm: 'P-256', pinPolicy: 'once', touchPolicy: 'cached' }),
  )
  const [statement, object] = await session.run(attest(0x9a), getData(YUBICO_OBJECTS.attestationCertificate))
  const signer = decodeCertificateObject(object)
  const right = { slot: '9A', publicKeySpki: key.publicKeySpki, serial: 77, pinPolicy: 0, touchPolicy: 0 }
  const trust = { signer, anchors: [maker.certificate] }

  test('that holds has no findings', () => {
    expect(checkAttestation(statement, right, trust)).toEqual([])
    expect(checkAttestation(statement, { ...right, pinPolicy: 2, touchPolicy: 3 }, trust)).toEqual([])
  })

  test.each([
    ['ANOTHER_KEY', { ...right, publicKeySpki: new Uint8Array(91) }, trust],
    ['ANOTHER_SLOT', { ...right, slot: '9C' }, trust],
    ['ANOTHER_CARD', { ...right, serial: 78 }, trust],
    ['WEAKER_POLICY', { ...right, pinPolicy: 3 }, trust],
    ['WEAKER_POLICY', { ...right, touchPolicy: 2 }, trust],
    ['MAKER_NOT_TRUSTED', right, { signer, anchors: [] }],
    ['MAKER_NOT_TRUSTED', right, { signer, anchors: [signer] }],
    ['NOT_SIGNED_BY_THE_CARD', right, { signer: maker.certificate, anchors: [maker.certificate] }],
  ] as const)('%s', (finding, expectation, trusted) => {
    expect(checkAttestation(statement, expectation, trusted)).toContain(finding)
  })

  test('that was changed in any byte has findings, and none of them is an exception', () => {
    for (let i = 0; i < statement.length; i += 3)
      expect(checkAttestation(statement.with(i, (statement[i] ?? 0) ^ 0x10), right, trust)).not.toEqual([])
  })
})
