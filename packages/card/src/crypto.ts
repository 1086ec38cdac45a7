import { createCipheriv, createDecipheriv } from 'node:crypto'
import { MANAGEMENT_KEY_ALGORITHMS, type ManagementKeyAlgorithm } from './piv/algorithms.ts'
import type { ManagementKeyCipher } from './piv/management-key.ts'

/** The only file of this package that computes with keys; everything else gets ciphers as objects. */

const ECB = {
  '3DES': 'des-ede3-ecb',
  'AES-128': 'aes-128-ecb',
  'AES-192': 'aes-192-ecb',
  'AES-256': 'aes-256-ecb',
} as const

/** An administration key in memory, for keys that are no secret (factory values) and for software key stores. */
export function createManagementKeyCipher(algorithm: ManagementKeyAlgorithm, key: Uint8Array): ManagementKeyCipher {
  const { keyLength } = MANAGEMENT_KEY_ALGORITHMS[algorithm]
  if (key.length !== keyLength) throw new RangeError(`an ${algorithm} key has ${keyLength} bytes`)
  return {
    algorithm,
    encryptBlock: block => {
      const cipher = createCipheriv(ECB[algorithm], key, null).setAutoPadding(false)
      return Uint8Array.from(cipher.update(block))
    },
    decryptBlock: block => {
      const cipher = createDecipheriv(ECB[algorithm], key, null).setAutoPadding(false)
      return Uint8Array.from(cipher.update(block))
    },
  }
}
