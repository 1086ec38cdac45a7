import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import {
  type AesKey,
  createAesKey,
  createManagementKeyCipher,
  isWellKnownKeyName,
  wellKnownKey,
} from '@cardwright/card'
import type { AdministrationKey, KeyReference, Keys, Random } from '@cardwright/core'
import { KeysError } from '../keys-error.ts'
import type { SigningKeys } from '../signing-keys.ts'
import { deriveAdministrationKey } from './administration-key.ts'
import { type ManufacturerKeySet, manufacturerCardKey, manufacturerKeyContext } from './manufacturer-key-set.ts'
import { type MasterSecret, subkey } from './master-secret.ts'
import { seal, unseal } from './sealing.ts'
import { exportPrivateKey, generateSigningKey, importPrivateKey, signerFor } from './signing-key.ts'

export const systemRandom: Random = bytes => new Uint8Array(randomBytes(bytes))

/** The keys port and the CA's signing keys over one master secret. `lock` forgets it; every call after throws KEYS_LOCKED. */
export interface SoftwareKeys extends Keys, SigningKeys {
  lock(): void
}

type OpenKeys = { readonly master: MasterSecret; readonly sealing: KeyObject; readonly administration: AesKey }

function administrationKeyFrom(algorithm: KeyReference['algorithm'], key: Uint8Array): AdministrationKey {
  const cipher = createManagementKeyCipher(algorithm, key)
  return {
    algorithm,
    encryptBlock: block => cipher.encryptBlock(block),
    decryptBlock: block => cipher.decryptBlock(block),
    valueForCard: async () => Uint8Array.from(key),
  }
}

export function createSoftwareKeys(
  master: MasterSecret,
  manufacturerKeySets: readonly ManufacturerKeySet[] = [],
): SoftwareKeys {
  let open: OpenKeys | undefined = {
    master,
    sealing: createSecretKey(subkey(master, 'sealing')),
    administration: createAesKey(subkey(master, 'administration-keys')),
  }
  const opened = (): OpenKeys => {
    if (!open) throw new KeysError('KEYS_LOCKED', 'The key store is locked: start the server again with its secret')
    return open
  }

  async function unsealed(context: string, sealed: Uint8Array): Promise<Uint8Array> {
    const { master: current, sealing } = opened()
    return unseal(sealing, current.id, context, sealed)
  }

  async function sealedWith(context: string, plain: Uint8Array): Promise<Uint8Array> {
    const { master: current, sealing } = opened()
    return seal(sealing, current.id, context, plain)
  }

  async function administrationKeyValue(reference: KeyReference): Promise<Uint8Array> {
    const { administration } = opened()
    if (reference.kind === 'individual') return deriveAdministrationKey(administration, reference)
    if (reference.kind === 'well-known') {
      if (isWellKnownKeyName(reference.name)) return wellKnownKey(reference.name, reference.algorithm)
      throw new KeysError('KEYS_UNKNOWN_KEY', `No well-known key is called "${reference.name}"`)
    }
    const set = manufacturerKeySets.find(known => known.name === reference.keySet)
    if (!set || set.algorithm !== reference.algorithm) {
      throw new KeysError('KEYS_UNKNOWN_KEY', `The manufacturer's key set "${reference.keySet}" is not configured`)
    }
    const handedOver = await unsealed(manufacturerKeyContext(set.name), set.sealedKey)
    return set.derivation === 'shared' ? handedOver : manufacturerCardKey(handedOver, reference)
  }

  return {
    lock() {
      open = undefined
    },
    async administrationKey(reference) {
      return administrationKeyFrom(reference.algorithm, await administrationKeyValue(reference))
    },
    async manufacturerKeys({ model, identity }) {
      return manufacturerKeySets
        .filter(set => set.models.includes(model))
        .map(set => ({ kind: 'manufacturer', keySet: set.name, identity, algorithm: set.algorithm }))
    },
    seal: sealedWith,
    unseal: unsealed,
    async mac(keyName, data) {
      return new Uint8Array(
        createHmac('sha256', subkey(opened().master, `mac/${keyName}`))
          .update(data)
          .digest(),
      )
    },
    async createSigningKey(purpose, algorithm) {
      opened()
      const key = await generateSigningKey(algorithm)
      return { handle: await sealedWith(`signing-key:${purpose}`, exportPrivateKey(key)), signer: signerFor(key) }
    },
    async openSigningKey(purpose, handle) {
      return signerFor(importPrivateKey(await unsealed(`signing-key:${purpose}`, handle)))
    },
  }
}
