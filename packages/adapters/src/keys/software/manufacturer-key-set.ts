import { createAesKey } from '@cardwright/card'
import type { Keys, ManagementKeyAlgorithm } from '@cardwright/core'
import { deriveAdministrationKey } from './administration-key.ts'

/**
 * A key that a manufacturer handed over with a batch of cards; it is stored sealed. `shared`: it is the administration
 * key of every card of the batch, so one card that is broken opens all. `per-card`: each card has a key derived from it by
 * the card's identity (version 0 of our own derivation), which the manufacturer has to have done likewise.
 */
export type ManufacturerKeySet = {
  readonly name: string
  /** Card models, as the probe names them, that may have it. */
  readonly models: readonly string[]
  readonly algorithm: ManagementKeyAlgorithm
  readonly derivation: 'shared' | 'per-card'
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

/** The administration key that a manufacturer of `per-card` batches put on this card. `batchKey` has 16, 24 or 32 bytes. */
export const manufacturerCardKey = (
  batchKey: Uint8Array,
  card: { readonly identity: string; readonly algorithm: ManagementKeyAlgorithm },
): Uint8Array =>
  deriveAdministrationKey(createAesKey(batchKey), { identity: card.identity, version: 0, algorithm: card.algorithm })
