import { randomBytes, randomInt } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type ModelName, manufacture, saveVirtualCard } from '@cardwright/card-virtual'
import { writeInventory } from '../readers/virtual-cards.ts'

const readerNames = ['Virtual reader 1', 'Virtual reader 2', 'Virtual reader 3']
/** The first three are put into the readers, the rest lie in the drawer. */
const models: readonly ModelName[] = [
  'yubikey-5.7',
  'yubikey-5.2',
  'sp800-73',
  'yubikey-5.7',
  'yubikey-5.7',
  'yubikey-5.2',
  'sp800-73',
  'sp800-73',
]

/**
 * Blank cards as their makers ship them. `plainCardKey` is the key that the demo's manufacturer of plain cards handed
 * over (AES-256); a plain card has no published one.
 */
export const makeDemoCards = async (folder: string, plainCardKey: Uint8Array): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const random = (length: number) => Uint8Array.from(randomBytes(length))
  const cards = await Promise.all(
    models.map(async (model, index) => {
      // Serials of keys in the field are decimal numbers; one of them is beyond 2³¹, as some real ones are.
      const serial = index === 4 ? 2_900_000_000 + randomInt(1_000_000) : 20_000_000 + randomInt(10_000_000)
      const cardId = `${model}-${serial}`
      const file = `${cardId}.json`
      const plain = model === 'sp800-73' ? { administrationKey: { algorithm: 0x0c, key: plainCardKey } } : {}
      await saveVirtualCard(join(folder, file), manufacture({ model, serial, random, ...plain }))
      return { cardId, file }
    }),
  )
  const readers = readerNames.map((name, index) => ({
    id: `virtual:${index + 1}`,
    name,
    cardId: cards[index]?.cardId ?? null,
  }))
  await writeInventory(folder, { readers, cards })
}
