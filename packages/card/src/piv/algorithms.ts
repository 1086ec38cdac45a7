/** Algorithm identifiers (SP 800-78-5 §6.2–6.3; 16, E0 and E1 are Yubico's, from firmware 5.7). */

type KeyAlgorithmInfo = {
  readonly id: number
  readonly family: 'rsa' | 'ec' | 'edwards'
  /** Bits of the modulus or of the field. */
  readonly bits: number
}

export const KEY_ALGORITHMS = {
  'RSA-1024': { id: 0x06, family: 'rsa', bits: 1024 },
  'RSA-2048': { id: 0x07, family: 'rsa', bits: 2048 },
  'RSA-3072': { id: 0x05, family: 'rsa', bits: 3072 },
  'RSA-4096': { id: 0x16, family: 'rsa', bits: 4096 },
  'P-256': { id: 0x11, family: 'ec', bits: 256 },
  'P-384': { id: 0x14, family: 'ec', bits: 384 },
  Ed25519: { id: 0xe0, family: 'edwards', bits: 256 },
  X25519: { id: 0xe1, family: 'edwards', bits: 256 },
} as const satisfies { readonly [name: string]: KeyAlgorithmInfo }

export type KeyAlgorithm = keyof typeof KEY_ALGORITHMS
export type RsaAlgorithm = 'RSA-1024' | 'RSA-2048' | 'RSA-3072' | 'RSA-4096'
export type EcAlgorithm = 'P-256' | 'P-384'

type ManagementKeyAlgorithmInfo = { readonly id: number; readonly keyLength: number; readonly blockLength: number }

/** Lengths in bytes. TDEA is deprecated, and gone for cards that expire after 2030 (SP 800-78-5 §3.1). */
export const MANAGEMENT_KEY_ALGORITHMS = {
  '3DES': { id: 0x03, keyLength: 24, blockLength: 8 },
  'AES-128': { id: 0x08, keyLength: 16, blockLength: 16 },
  'AES-192': { id: 0x0a, keyLength: 24, blockLength: 16 },
  'AES-256': { id: 0x0c, keyLength: 32, blockLength: 16 },
} as const satisfies { readonly [name: string]: ManagementKeyAlgorithmInfo }

export type ManagementKeyAlgorithm = keyof typeof MANAGEMENT_KEY_ALGORITHMS

export function keyAlgorithmById(id: number): KeyAlgorithm | undefined {
  return keysOf(KEY_ALGORITHMS).find(name => KEY_ALGORITHMS[name].id === id)
}

/** 00 is the older identifier of 3DES and means the same as 03. */
export function managementKeyAlgorithmById(id: number): ManagementKeyAlgorithm | undefined {
  return keysOf(MANAGEMENT_KEY_ALGORITHMS).find(name => MANAGEMENT_KEY_ALGORITHMS[name].id === (id || 0x03))
}

function keysOf<T extends object>(table: T): readonly (keyof T)[] {
  return Object.keys(table) as (keyof T)[]
}
