import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { SignatureAlgorithm } from '../src/key/signature-algorithm.ts'
import { signatureAlgorithmFor, signatureHash } from '../src/key/signature-algorithm.ts'
import type { Signer } from '../src/key/signer.ts'

export interface TestKey extends Signer {
  readonly privatePem: string
  readonly privateKey: KeyObject
}

function fromKeyObject(privateKey: KeyObject, publicKey: KeyObject): TestKey {
  const publicKeySpki = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }))
  const algorithm = signatureAlgorithmFor(publicKeySpki)
  const hash = signatureHash(algorithm) ?? null
  return {
    algorithm,
    publicKeySpki,
    privateKey,
    privatePem: privateKey.export({ format: 'pem', type: 'pkcs8' }) as string,
    sign: data => new Uint8Array(sign(hash, data, privateKey)),
  }
}

/** A fresh key for tests. RSA ones are slow to make: share them within a file. */
export function testKey(algorithm: SignatureAlgorithm): TestKey {
  const [kind, size] = algorithm.split('-')
  const pair =
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: Number(size) })
      : kind === 'ecdsa'
        ? generateKeyPairSync('ec', { namedCurve: size === 'p256' ? 'P-256' : 'P-384' })
        : generateKeyPairSync('ed25519')
  return fromKeyObject(createPrivateKey(pair.privateKey.export({ format: 'pem', type: 'pkcs8' })), pair.publicKey)
}
