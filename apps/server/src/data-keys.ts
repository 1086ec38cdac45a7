import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  createKeyFile,
  createSoftwareKeys,
  type ManufacturerKeySet,
  openKeyFile,
  type SoftwareKeys,
  sealManufacturerKey,
} from '@cardwright/adapters/keys'
import type { Keys } from '@cardwright/core'

export type KeyStore = {
  readonly keys: SoftwareKeys
  /** The same keys with the key sets that are there now; the first run of the demo adds one. */
  withManufacturerKeys(): Promise<SoftwareKeys>
}

/** The keys of a data directory: the master secret, and the sealed key sets that manufacturers handed over. */
export const openKeyStore = async (dataDir: string, passphrase: string | undefined): Promise<KeyStore> => {
  const folder = join(dataDir, 'keys')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'master.json')
  const master = await openKeyFile(file, passphrase).catch(error => {
    if (error.code !== 'ENOENT') throw error
    return createKeyFile(file, passphrase)
  })
  return {
    keys: createSoftwareKeys(master),
    withManufacturerKeys: async () => createSoftwareKeys(master, await readKeySets(dataDir)),
  }
}

const keySetsFile = (dataDir: string) => join(dataDir, 'keys', 'manufacturer-keys.json')
type StoredKeySet = Omit<ManufacturerKeySet, 'sealedKey'> & { readonly sealedKey: string }

const readKeySets = async (dataDir: string): Promise<ManufacturerKeySet[]> => {
  const text = await readFile(keySetsFile(dataDir), 'utf8').catch(error => {
    if (error.code === 'ENOENT') return '[]'
    throw error
  })
  const stored = JSON.parse(text) as StoredKeySet[]
  return stored.map(set => ({ ...set, sealedKey: Uint8Array.from(Buffer.from(set.sealedKey, 'base64')) }))
}

/** A new key of the demo's manufacturer of plain cards, sealed into the key sets. Answers its value for the cards. */
export const addDemoManufacturerKey = async (dataDir: string, keys: Pick<Keys, 'seal'>): Promise<Uint8Array> => {
  const value = Uint8Array.from(randomBytes(32))
  const set = { name: 'demo-plain-cards', models: ['PIV card'], algorithm: 'AES-256', derivation: 'per-card' } as const
  const sealed = await sealManufacturerKey(keys, set, value)
  const stored: StoredKeySet = { ...set, sealedKey: Buffer.from(sealed.sealedKey).toString('base64') }
  await writeFile(keySetsFile(dataDir), `${JSON.stringify([stored], null, 2)}\n`, { mode: 0o600 })
  return value
}
