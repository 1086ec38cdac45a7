import { randomBytes } from 'node:crypto'
import { createManagementKeyCipher, type ManagementKeyCipher } from '@cardwright/card'
import { fromHex } from './bytes.ts'
import { type ModelName, YUBICO_ADMINISTRATION_KEY } from './models.ts'
import { createVirtualCard, type VirtualCard, type VirtualCardOptions } from './virtual-card.ts'

/** The key that the maker of our plain test card gave it. */
export const PLAIN_KEY = fromHex('00112233445566778899AABBCCDDEEFF')
export const random = (length: number) => new Uint8Array(randomBytes(length))
export const now = () => new Date('2026-01-01T00:00:00Z')

export function testCard(model: ModelName, options: Partial<VirtualCardOptions> = {}): VirtualCard {
  const key = model === 'sp800-73' ? { administrationKey: { algorithm: 0x08, key: PLAIN_KEY } } : {}
  return createVirtualCard({ model, serial: 4_000_000_001, random, now, ...key, ...options })
}

/** The host's view of the administration key of a test card as new. */
export function factoryCipher(model: ModelName): ManagementKeyCipher {
  if (model === 'sp800-73') return createManagementKeyCipher('AES-128', PLAIN_KEY)
  return createManagementKeyCipher(model === 'yubikey-5.2' ? '3DES' : 'AES-192', YUBICO_ADMINISTRATION_KEY)
}
