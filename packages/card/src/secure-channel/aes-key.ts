/**
 * An AES key that acts and does not show itself. SCP03 needs it for session keys, which live in memory for one card
 * only; so its operations answer at once and whole scripts can be wrapped before they are sent.
 */
export interface AesKey {
  /** Bytes: 16, 24 or 32. */
  readonly length: number
  encryptBlock(block: Uint8Array): Uint8Array
  /** CBC without padding; `data` is whole blocks. */
  encryptCbc(iv: Uint8Array, data: Uint8Array): Uint8Array
  decryptCbc(iv: Uint8Array, data: Uint8Array): Uint8Array
  /** AES-CMAC, 16 bytes (SP 800-38B). */
  cmac(data: Uint8Array): Uint8Array
}

export const BLOCK = 16
