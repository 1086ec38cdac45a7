import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { MANAGEMENT_KEY_ALGORITHMS, type ManagementKeyAlgorithm } from './piv/algorithms.ts'
import type { ManagementKeyCipher } from './piv/management-key.ts'
import { type AesKey, BLOCK } from './secure-channel/aes-key.ts'
import { deriveSessionKeyBytes, type SecureChannelKeys } from './secure-channel/session-keys.ts'

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

export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return Uint8Array.from(hash.digest())
}

/** AES with the key in memory. */
export function createAesKey(key: Uint8Array): AesKey {
  const bits = key.length * 8
  if (bits !== 128 && bits !== 192 && bits !== 256) throw new RangeError('an AES key has 16, 24 or 32 bytes')
  const run = (cipher: ReturnType<typeof createCipheriv>, data: Uint8Array) => {
    return Uint8Array.from(cipher.setAutoPadding(false).update(data))
  }
  const encryptCbc = (iv: Uint8Array, data: Uint8Array) => run(createCipheriv(`aes-${bits}-cbc`, key, iv), data)
  const encryptBlock = (block: Uint8Array) => run(createCipheriv(`aes-${bits}-ecb`, key, null), block)
  return {
    length: key.length,
    encryptBlock,
    encryptCbc,
    decryptCbc: (iv, data) =>
      Uint8Array.from(createDecipheriv(`aes-${bits}-cbc`, key, iv).setAutoPadding(false).update(data)),
    cmac: data => cmac(encryptBlock, encryptCbc, data),
  }
}

/** Secure channel keys in memory: factory keys, and software key stores. */
export function createSecureChannelKeys(version: number, enc: Uint8Array, mac: Uint8Array): SecureChannelKeys {
  const [staticEnc, staticMac] = [createAesKey(enc), createAesKey(mac)]
  return {
    version,
    deriveSessionKeys: context => {
      const bytes = deriveSessionKeyBytes(staticEnc, staticMac, context)
      return { enc: createAesKey(bytes.enc), mac: createAesKey(bytes.mac), rmac: createAesKey(bytes.rmac) }
    },
  }
}

/** SP 800-38B §6.2: CBC over all blocks, the last one masked with a subkey. */
function cmac(
  encryptBlock: (block: Uint8Array) => Uint8Array,
  encryptCbc: (iv: Uint8Array, data: Uint8Array) => Uint8Array,
  data: Uint8Array,
): Uint8Array {
  const subkey1 = double(encryptBlock(new Uint8Array(BLOCK)))
  const blocks = Math.max(1, Math.ceil(data.length / BLOCK))
  const message = new Uint8Array(blocks * BLOCK)
  message.set(data)
  const isWhole = data.length === message.length
  if (!isWhole) message[data.length] = 0x80
  const mask = isWhole ? subkey1 : double(subkey1)
  const lastBlock = message.subarray(-BLOCK)
  lastBlock.set(lastBlock.map((byte, i) => byte ^ (mask[i] ?? 0)))
  return encryptCbc(new Uint8Array(BLOCK), message).subarray(-BLOCK)
}

/** Multiplication by x in GF(2^128) (SP 800-38B §6.1). */
function double(block: Uint8Array): Uint8Array {
  const carry = (block[0] ?? 0) >> 7
  return block.map((byte, i) => ((byte << 1) | ((block[i + 1] ?? 0) >> 7)) ^ (i === BLOCK - 1 ? carry * 0x87 : 0))
}
