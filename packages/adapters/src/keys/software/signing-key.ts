import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, sign as signWithKey } from 'node:crypto'
import { promisify } from 'node:util'
import { type SignatureAlgorithm, type Signer, signatureAlgorithmFor, signatureHash } from '@cardwright/pki'

const generate = promisify(generateKeyPair)

/** A fresh private key; RSA takes seconds, off the main thread. */
export async function generateSigningKey(algorithm: SignatureAlgorithm): Promise<KeyObject> {
  const [kind, size] = algorithm.split('-')
  if (kind === 'rsa') return (await generate('rsa', { modulusLength: Number(size), publicExponent: 65_537 })).privateKey
  if (kind === 'ecdsa') return (await generate('ec', { namedCurve: size === 'p384' ? 'P-384' : 'P-256' })).privateKey
  return (await generate('ed25519')).privateKey
}

/** Signs in the thread pool, so that certificates for many cards are signed at once and the event loop stays free. */
export function signerFor(privateKey: KeyObject): Signer {
  const publicKeySpki = new Uint8Array(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }))
  const algorithm = signatureAlgorithmFor(publicKeySpki)
  const hash = signatureHash(algorithm) ?? null
  return {
    algorithm,
    publicKeySpki,
    sign: data =>
      new Promise((resolve, reject) => {
        signWithKey(hash, data, privateKey, (error, signature) =>
          error ? reject(error) : resolve(new Uint8Array(signature)),
        )
      }),
  }
}

export const exportPrivateKey = (key: KeyObject): Uint8Array =>
  new Uint8Array(key.export({ format: 'der', type: 'pkcs8' }))

export const importPrivateKey = (pkcs8: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
