import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Persistent, readVirtualCardState, runVirtualCard } from '@cardwright/card-virtual'
import type { Device, Reader } from '@cardwright/contract'
import { must } from './command-line.ts'
import type { TestServer } from './server.ts'

export type Model = 'yubikey-5.7' | 'yubikey-5.2' | 'sp800-73'
type Readers = { readonly readers: readonly Reader[] }

export const remove = (server: TestServer, readerId: string): Promise<unknown> =>
  must(server, 'POST', '/api/virtual-readers/remove', { readerId })

const insert = (server: TestServer, readerId: string, cardId: string): Promise<unknown> =>
  must(server, 'POST', '/api/virtual-readers/insert', { readerId, cardId })

/** Puts a blank card that belongs to nobody into a reader that is otherwise the only full one; answers its serial number. */
export const insertBlank = async (server: TestServer, model: Model, readerId = 'virtual:1'): Promise<string> => {
  const { readers } = await must<Readers>(server, 'GET', '/api/readers')
  for (const reader of readers) if (reader.card) await remove(server, reader.id)
  const drawer = (await must<Readers>(server, 'GET', '/api/readers')).readers[0]?.drawer ?? []
  for (const { cardId } of drawer) {
    if (!cardId.startsWith(`${model}-`)) continue
    const state = await stateOf(server, serialOf(cardId))
    if (!isBlank(state) || (await isTaken(server, serialOf(cardId)))) continue
    await insert(server, readerId, cardId)
    return serialOf(cardId)
  }
  throw new Error(`no blank ${model} is left in the drawer`)
}

/** Puts a certain card, which must be in the drawer, into a reader. */
export const insertAgain = async (server: TestServer, serial: string, readerId = 'virtual:1'): Promise<void> => {
  const { cardId } = await fileOf(server, serial)
  await insert(server, readerId, cardId)
}

const serialOf = (cardId: string): string => cardId.slice(cardId.lastIndexOf('-') + 1)

const isTaken = async (server: TestServer, serial: string): Promise<boolean> => {
  const { rows } = await must<{ rows: Device[] }>(server, 'GET', `/api/devices?q=${serial}`)
  return rows.some(row => row.serial === serial && row.state !== 'AVAILABLE')
}

const fileOf = async (server: TestServer, serial: string) => {
  const folder = join(server.dataDir, 'virtual-cards')
  const { cards } = JSON.parse(await readFile(join(folder, 'inventory.json'), 'utf8'))
  const card = cards.find((c: { cardId: string }) => serialOf(c.cardId) === serial)
  if (!card) throw new Error(`there is no virtual card ${serial}`)
  return { cardId: card.cardId as string, path: join(folder, card.file as string) }
}

/** What a card holds, from the file that it keeps it in. */
export const stateOf = async (server: TestServer, serial: string): Promise<Persistent> =>
  readVirtualCardState((await fileOf(server, serial)).path)

/** As it left the factory: no key, and PIN, PUK and administration key are those of the maker. */
export const isBlank = ({ piv, factory }: Persistent): boolean =>
  // F9 holds the key that attests; it came with the card and stays.
  Object.keys(piv.keys).every(reference => reference === 'F9') &&
  Buffer.from(piv.pin.value).equals(factory.pin) &&
  Buffer.from(piv.puk.value).equals(factory.puk) &&
  Buffer.from(piv.administrationKey.key).equals(factory.administrationKey.key)

/** SELECT and VERIFY (SP 800-73pt2-5 §3.2.1) on a copy of the card, which the tries therefore cost nothing. */
export const pinOpens = async (server: TestServer, serial: string, pin: string): Promise<boolean> => {
  const card = runVirtualCard(await stateOf(server, serial), {
    random: length => Uint8Array.from(randomBytes(length)),
    now: () => new Date(),
  })
  const transmit = async (hex: string) =>
    Buffer.from(await card.transmit(Uint8Array.from(Buffer.from(hex, 'hex')))).toString('hex')
  const selected = await transmit('00A404000BA00000030800001000010000')
  if (!selected.endsWith('9000')) throw new Error(`SELECT answered ${selected}`)
  const padded = Buffer.alloc(8, 0xff)
  padded.write(pin, 'ascii')
  const verified = await transmit(`0020008008${padded.toString('hex')}`)
  if (verified !== '9000' && !verified.startsWith('63c')) throw new Error(`VERIFY answered ${verified}`)
  return verified === '9000'
}
