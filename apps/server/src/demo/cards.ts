import { randomBytes, randomInt } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { manufacturerCardKey } from '@cardwright/adapters/keys'
import { createLocalRunner, createSession } from '@cardwright/card'
import {
  createAttestationRoot,
  createVirtualCard,
  type ModelName,
  manufacture,
  saveVirtualCard,
} from '@cardwright/card-virtual'
import { factsCommands, readFacts } from '@cardwright/core'
import { writeInventory } from '../readers/virtual-cards.ts'
import { PRINTER_READER, PRINTER_READER_NAME } from './virtual-printer.ts'

const readers = [
  { id: 'virtual:1', name: 'Virtual reader 1' },
  { id: 'virtual:2', name: 'Virtual reader 2' },
  { id: 'virtual:3', name: 'Virtual reader 3' },
  { id: PRINTER_READER, name: PRINTER_READER_NAME },
]
/** The first four are put into the readers, the rest lie in the drawer. */
const models: readonly ModelName[] = [
  'yubikey-5.7',
  'yubikey-5.2',
  'sp800-73',
  'sp800-73',
  'yubikey-5.7',
  'yubikey-5.7',
  'yubikey-5.2',
  'sp800-73',
  'sp800-73',
]

const random = (length: number) => Uint8Array.from(randomBytes(length))
const AES_256 = 0x0c

/** What Cardwright will know a plain card by: asked of the card itself, as a manufacturer's line would. */
const identityOfPlainCard = async (serial: number): Promise<string> => {
  const administrationKey = { algorithm: AES_256, key: random(32) }
  const card = createVirtualCard({ model: 'sp800-73', serial, random, now: () => new Date(), administrationKey })
  const session = createSession(createLocalRunner(card))
  const { identity } = readFacts(await session.run(...factsCommands([], card.atr)), card.atr).facts
  if (identity === null) throw new Error('a plain card of the demo cannot be told from others')
  return identity
}

/**
 * Blank cards as their makers ship them. `batchKey` is what the demo's manufacturer of plain cards handed over: each plain
 * card carries an AES-256 key derived from it. Their maker's root goes into the folder `attestation`, so that policies may
 * insist on keys made on the card.
 */
export const makeDemoCards = async (folder: string, batchKey: Uint8Array, attestation: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await mkdir(attestation, { recursive: true, mode: 0o700 })
  const attestationRoot = createAttestationRoot(random)
  await writeFile(join(attestation, 'demo-virtual-cards.der'), attestationRoot.certificate)
  const cards = await Promise.all(
    models.map(async (model, index) => {
      // Serials of keys in the field are decimal numbers; one of them is beyond 2³¹, as some real ones are.
      const serial = index === 5 ? 2_900_000_000 + randomInt(1_000_000) : 20_000_000 + randomInt(10_000_000)
      const cardId = `${model}-${serial}`
      const file = `${cardId}.json`
      const plain =
        model === 'sp800-73'
          ? {
              administrationKey: {
                algorithm: AES_256,
                key: manufacturerCardKey(batchKey, {
                  identity: await identityOfPlainCard(serial),
                  algorithm: 'AES-256',
                }),
              },
            }
          : {}
      await saveVirtualCard(join(folder, file), manufacture({ model, serial, random, attestationRoot, ...plain }))
      return { cardId, file }
    }),
  )
  const filled = readers.map((reader, index) => ({ ...reader, cardId: cards[index]?.cardId ?? null }))
  await writeInventory(folder, { readers: filled, cards })
}
