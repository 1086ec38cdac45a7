import { expect, test } from 'vitest'
import { type ManufacturerKeySet, manufacturerCardKey, sealManufacturerKey } from './manufacturer-key-set.ts'
import { masterSecret } from './master-secret.ts'
import { createSoftwareKeys } from './software-keys.ts'

const batchKey = new Uint8Array(32).fill(9)

const keysWith = async (derivation: ManufacturerKeySet['derivation']) => {
  const sets: ManufacturerKeySet[] = []
  const keys = createSoftwareKeys(masterSecret(new Uint8Array(32).fill(1)), sets)
  sets.push(
    await sealManufacturerKey(keys, { name: 'acme', models: ['PIV card'], algorithm: 'AES-256', derivation }, batchKey),
  )
  return async (identity: string) => {
    const [reference] = await keys.manufacturerKeys({ model: 'PIV card', identity })
    if (!reference) throw new Error('no key set fits')
    return (await keys.administrationKey(reference)).valueForCard()
  }
}

test('a shared batch key is the key of every card', async () => {
  expect(await (await keysWith('shared'))('cplc:1')).toEqual(batchKey)
})

test('a batch key per card gives each card another key, the one that the manufacturer derives', async () => {
  const keyOf = await keysWith('per-card')
  expect(await keyOf('cplc:1')).not.toEqual(await keyOf('cplc:2'))
  expect(await keyOf('cplc:1')).not.toEqual(batchKey)
  expect(await keyOf('cplc:1')).toEqual(manufacturerCardKey(batchKey, { identity: 'cplc:1', algorithm: 'AES-256' }))
})
