import type { Keys, ManagementKeyAlgorithm } from '@cardwright/core'

/** One administration key that a manufacturer put on all cards of a batch and handed over; it is stored sealed. */
export type ManufacturerKeySet = {
  readonly name: string
  /** Card models, as the probe names them, that may have it. */
  readonly models: readonly string[]
  readonly algorithm: ManagementKeyAlgorithm
  readonly sealedKey: Uint8Array
}

export const manufacturerKeyContext = (name: string): string => `manufacturer-key:${name}`

/** Seals a key that was handed over, to be put into the configuration. */
export async function sealManufacturerKey(
  keys: Pick<Keys, 'seal'>,
  set: Omit<ManufacturerKeySet, 'sealedKey'>,
  key: Uint8Array,
): Promise<ManufacturerKeySet> {
  return { ...set, sealedKey: await keys.seal(manufacturerKeyContext(set.name), key) }
}
