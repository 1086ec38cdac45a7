import { constants, createPublicKey, publicEncrypt, verify, X509Certificate } from 'node:crypto'
import * as host from '@cardwright/card'
import { describe, expect, it } from 'vitest'
import { createAttestationRoot } from './attestation/certificates.ts'
import { createRsaKeyPool } from './key-pool.ts'
import type { ModelName } from './models.ts'
import { createVirtualReaders } from './readers.ts'
import { factoryCipher, random, testCard } from './test-cards.ts'
import type { VirtualCard } from './virtual-card.ts'

// The host's commands of the card package, which share no code with the card, against it.

async function connect(card: VirtualCard) {
  const readers = createVirtualReaders([{ id: 'r', name: 'Reader', card }])
  const connection = await readers.connect('r')
  return host.createSession(host.createLocalRunner(connection))
}

async function administer(card: VirtualCard, cipher: host.ManagementKeyCipher) {
  const session = await connect(card)
  const { blockLength } = host.MANAGEMENT_KEY_ALGORITHMS[cipher.algorithm]
  const [, witness] = await session.run(host.selectPiv(), host.requestWitness(cipher.algorithm))
  await session.run(await host.authenticateMutually(cipher, witness, random(blockLength)))
  return session
}

const MODELS: readonly ModelName[] = ['yubikey-5.7', 'yubikey-5.2', 'sp800-73']

describe.each(MODELS)('the host and %s', model => {
  it('know each other’s administration key, and a wrong one on either side is found', async () => {
    const card = testCard(model)
    const cipher = factoryCipher(model)
    await administer(card, cipher)
    const { keyLength } = host.MANAGEMENT_KEY_ALGORITHMS[cipher.algorithm]
    const wrong = host.createManagementKeyCipher(cipher.algorithm, random(keyLength))
    await expect(administer(card, wrong)).rejects.toMatchObject({ code: 'CARD_STATUS', sw: 0x6982 })
  })

  it('probe: identity, metadata and PIN tries are what the card has', async () => {
    const card = testCard(model)
    const session = await connect(card)
    const answers = await session.run(...host.probeCommands())
    const { contents, capabilities } = host.readProbe(answers, card.atr)
    expect(contents.pin.remaining).toBe(card.state().piv.pin.left)
    expect(contents.serial).toBe(model === 'sp800-73' ? undefined : 4_000_000_001)
    expect(contents.identity.kind).toBe(model === 'sp800-73' ? 'cplc' : 'serial')
    expect(contents.managementKey.algorithms).toEqual([factoryCipher(model).algorithm])
    expect(capabilities.metadata).toBe(model === 'yubikey-5.7')
    expect(capabilities.attestation).toBe(model !== 'sp800-73')
    expect(capabilities.setManagementKey).toBe(model === 'sp800-73' ? 'none' : 'yubico')
    expect(capabilities.moveKey).toBe(model === 'yubikey-5.7')
    expect(card.effects()).toBe(0)
  })

  it('sign with each algorithm that the card has; node agrees', async () => {
    const session = await administer(testCard(model), factoryCipher(model))
    const ec = ['P-256', 'P-384'] as const
    for (const algorithm of model === 'yubikey-5.7' ? [...ec, 'Ed25519' as const] : ec) {
      const message = Buffer.from(`signed with ${algorithm}`)
      const hash = algorithm === 'P-384' ? 'sha384' : 'sha256'
      const digest = new Uint8Array(await crypto.subtle.digest(hash === 'sha384' ? 'SHA-384' : 'SHA-256', message))
      const [publicKey, , signature] = await session.run(
        host.generateKeyPair({ slot: 0x9c, algorithm }),
        host.verifyPin('123456'),
        host.sign(0x9c, algorithm, algorithm === 'Ed25519' ? message : digest),
      )
      const key = toKeyObject(publicKey)
      expect(verify(algorithm === 'Ed25519' ? null : hash, message, key, signature)).toBe(true)
      expect(verify(algorithm === 'Ed25519' ? null : hash, Buffer.from('other'), key, signature)).toBe(false)
    }
  })

  it('RSA-2048: generate, decrypt, with chaining in and 61xx out', async () => {
    const session = await administer(testCard(model), factoryCipher(model))
    const [publicKey] = await session.run(host.generateKeyPair({ slot: 0x9d, algorithm: 'RSA-2048' }))
    const padding = constants.RSA_PKCS1_PADDING
    const cipherText = publicEncrypt({ key: toKeyObject(publicKey), padding }, Buffer.from('secret'))
    const decrypt = host.decrypt(0x9d, 'RSA-2048', new Uint8Array(cipherText))
    await expect(session.run(decrypt)).rejects.toMatchObject({ sw: 0x6982 })
    const [, block] = await session.run(host.verifyPin('123456'), decrypt)
    expect(Buffer.from(block).subarray(0, 2).toString('hex')).toBe('0002')
    expect(Buffer.from(block).subarray(-6).toString()).toBe('secret')
  })
})

describe('what cards in the field do otherwise', () => {
  it('forget the PIN when PIV is selected again', async () => {
    for (const selectForgetsStatus of [false, true]) {
      const session = await connect(testCard('yubikey-5.7', { quirks: { selectForgetsStatus } }))
      await session.run(host.selectPiv(), host.verifyPin('123456'), host.selectPiv())
      const pinGone = session.run(host.generateKeyPair({ slot: 0x9a, algorithm: 'P-256' }))
      await expect(pinGone).rejects.toMatchObject({ sw: 0x6982 })
      const printed = session.run(host.getData(0x5fc109))
      await expect(printed).rejects.toMatchObject({ sw: selectForgetsStatus ? 0x6982 : 0x6a82 })
    }
  })

  it('answer a wrong administration key with 6A80', async () => {
    const card = testCard('yubikey-5.2', { quirks: { wrongAdministrationKeyIs6A80: true } })
    const wrong = host.createManagementKeyCipher('3DES', random(24))
    await expect(administer(card, wrong)).rejects.toMatchObject({ sw: 0x6a80 })
    await administer(card, factoryCipher('yubikey-5.2'))
  })
})

describe('RSA-3072 on a 5.7', () => {
  it('signs what node verifies; the pool’s key is used and used once', async () => {
    const pool = createRsaKeyPool()
    await pool.fill(3072, 1)
    const session = await administer(testCard('yubikey-5.7', { keyPool: pool }), factoryCipher('yubikey-5.7'))
    const [publicKey] = await session.run(host.generateKeyPair({ slot: 0x9a, algorithm: 'RSA-3072' }))
    expect(pool.left(3072)).toBe(0)
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', Buffer.from('message')))
    const info = Buffer.concat([Buffer.from('3031300d060960864801650304020105000420', 'hex'), digest])
    const block = Buffer.concat([
      Buffer.from([0, 1]),
      Buffer.alloc(384 - 3 - info.length, 0xff),
      Buffer.from([0]),
      info,
    ])
    const [, signature] = await session.run(
      host.verifyPin('123456'),
      host.sign(0x9a, 'RSA-3072', new Uint8Array(block)),
    )
    expect(verify('sha256', Buffer.from('message'), toKeyObject(publicKey), signature)).toBe(true)
  })
})

describe('attestation', () => {
  it('of many cards may lead to one root', () => {
    const attestationRoot = createAttestationRoot(random)
    const root = new X509Certificate(attestationRoot.certificate)
    for (const model of ['yubikey-5.7', 'yubikey-5.2'] as const) {
      const object = testCard(model, { attestationRoot }).state().piv.objects['5FFF01']
      const certificate = new X509Certificate(host.decodeCertificateObject(object ?? new Uint8Array()))
      expect(certificate.verify(root.publicKey)).toBe(true)
    }
  })

  it.each(['yubikey-5.7', 'yubikey-5.2'] as const)('%s: statement → F9 certificate → the card’s root', async model => {
    const card = testCard(model)
    const session = await administer(card, factoryCipher(model))
    const [publicKey, statement, f9] = await session.run(
      host.generateKeyPair({ slot: 0x9a, algorithm: 'P-256' }),
      host.attest(0x9a),
      host.getData(0x5fff01),
    )
    const certificate = new X509Certificate(statement)
    const attestation = new X509Certificate(host.decodeCertificateObject(f9))
    const root = new X509Certificate(card.state().attestationRoot ?? '')
    expect(certificate.checkIssued(attestation) && certificate.verify(attestation.publicKey)).toBe(true)
    expect(attestation.checkIssued(root) && attestation.verify(root.publicKey)).toBe(true)
    expect(certificate.publicKey.equals(toKeyObject(publicKey))).toBe(true)
    expect(certificate.subject).toBe('CN=YubiKey PIV Attestation 9a')
    // Serial number 4000000001 as DER INTEGER: 02 05 00 EE6B2801.
    expect(Buffer.from(statement).includes(Buffer.from('020500ee6b2801', 'hex'))).toBe(true)
  })
})

function toKeyObject(key: host.PublicKey) {
  return createPublicKey({ key: Buffer.from(key.publicKeySpki), format: 'der', type: 'spki' })
}
