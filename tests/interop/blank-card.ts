import { randomBytes } from 'node:crypto'
import { createVirtualCard, type ModelName, type VirtualCard } from '@cardwright/card-virtual'

/** What the maker of our plain test cards gave them. */
export const PLAIN_ADMINISTRATION_KEY = new Uint8Array(Buffer.from('00112233445566778899AABBCCDDEEFF', 'hex'))

export function blankCard(model: ModelName, serial: number): VirtualCard {
  return createVirtualCard({
    model,
    serial,
    random: length => new Uint8Array(randomBytes(length)),
    now: () => new Date(),
    ...(model === 'sp800-73' ? { administrationKey: { algorithm: 0x08, key: PLAIN_ADMINISTRATION_KEY } } : {}),
  })
}
