import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import {
  createVirtualReaders,
  loadVirtualCard,
  MODELS,
  type VirtualCard,
  type VirtualReaders,
} from '@cardwright/card-virtual'
import { RefusalError, refuse } from '@cardwright/core'
import { z } from 'zod'

export type DrawerCard = { readonly cardId: string; readonly label: string; readonly model: string }

/** The demo's virtual readers and the drawer with cards that can be put into them. */
export type VirtualCards = {
  readonly readers: VirtualReaders
  drawer(): readonly DrawerCard[]
  /** Takes a card from the drawer; one that is in the reader goes back into it. */
  insert(readerId: string, cardId: string): Promise<void>
  remove(readerId: string): Promise<void>
}

const inventory = z.object({
  readers: z.array(z.object({ id: z.string(), name: z.string(), cardId: z.string().nullable() })),
  cards: z.array(z.object({ cardId: z.string(), file: z.string() })),
})
export type VirtualInventory = z.infer<typeof inventory>

const inventoryFile = (folder: string) => join(folder, 'inventory.json')

/** Which card is in which reader survives a restart like the cards themselves. */
export const writeInventory = async (folder: string, value: VirtualInventory): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const temporary = `${inventoryFile(folder)}.new`
  const handle = await open(temporary, 'w', 0o600)
  try {
    await handle.writeFile(`${JSON.stringify(value, null, 2)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(temporary, inventoryFile(folder))
}

/** The virtual readers of a data directory, or null if it has none. */
export const openVirtualCards = async (folder: string): Promise<VirtualCards | null> => {
  const text = await readFile(inventoryFile(folder), 'utf8').catch(error => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  const stored = inventory.parse(JSON.parse(text))
  const cards = new Map<string, VirtualCard>()
  const runtime = { random: (length: number) => Uint8Array.from(randomBytes(length)), now: () => new Date() }
  await Promise.all(
    stored.cards.map(async ({ cardId, file }) => {
      cards.set(cardId, await loadVirtualCard(join(folder, file), runtime))
    }),
  )
  const readers = createVirtualReaders(
    stored.readers.map(({ id, name, cardId }) => {
      const card = cardId === null ? undefined : cards.get(cardId)
      return { id, name, ...(card ? { card } : {}) }
    }),
  )
  const idOf = (card: VirtualCard | undefined) => [...cards].find(([, c]) => c === card)?.[0] ?? null
  const keepPlaces = () =>
    writeInventory(folder, {
      ...stored,
      readers: stored.readers.map(r => ({ ...r, cardId: idOf(readers.card(r.id)) })),
    })
  const knownReader = (readerId: string) => {
    if (!stored.readers.some(r => r.id === readerId)) throw new RefusalError(refuse('READER_LOST'))
  }

  return {
    readers,
    drawer: () => {
      const inReaders = stored.readers.map(r => readers.card(r.id))
      return [...cards]
        .filter(([, card]) => !inReaders.includes(card))
        .map(([cardId, card]) => {
          const model = MODELS[card.model].title
          return { cardId, label: `${model} · ${card.serial}`, model }
        })
    },
    insert: async (readerId, cardId) => {
      knownReader(readerId)
      const card = cards.get(cardId)
      if (!card || stored.readers.some(r => readers.card(r.id) === card)) throw new RefusalError(refuse('NOT_FOUND'))
      readers.remove(readerId)
      readers.insert(readerId, card)
      await keepPlaces()
    },
    remove: async readerId => {
      knownReader(readerId)
      readers.remove(readerId)
      await keepPlaces()
    },
  }
}
