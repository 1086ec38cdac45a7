import type { ManagementKeyCipher } from '@cardwright/card'

/**
 * Names an administration key without holding it. `individual` = derived for this card and version from our master key
 * (AES-CMAC, SP 800-108); `manufacturer` = derived by the manufacturer from a key that was handed over to us;
 * `well-known` = a value that is printed in manuals, by its name in the card models.
 */
export type KeyReference =
  | {
      readonly kind: 'individual'
      readonly identity: string
      readonly version: number
      readonly algorithm: ManagementKeyAlgorithm
    }
  | {
      readonly kind: 'manufacturer'
      readonly keySet: string
      readonly identity: string
      readonly algorithm: ManagementKeyAlgorithm
    }
  | { readonly kind: 'well-known'; readonly name: string; readonly algorithm: ManagementKeyAlgorithm }

export type ManagementKeyAlgorithm = '3DES' | 'AES-128' | 'AES-192' | 'AES-256'

/** A key that does things; its bytes leave only to be put on the card that it was made for. */
export interface AdministrationKey extends ManagementKeyCipher {
  /** For SET MANAGEMENT KEY. */
  valueForCard(): Promise<Uint8Array>
}

/** Owned by the core, implemented by adapters/keys. Throws KeysError (`code`: KEYS_LOCKED, KEYS_WRONG_SECRET, KEYS_UNKNOWN_KEY, KEYS_SEAL_BROKEN). */
export interface Keys {
  administrationKey(reference: KeyReference): Promise<AdministrationKey>
  /** Manufacturer key sets that could fit a card of this model; most likely first. */
  manufacturerKeys(card: { readonly model: string; readonly identity: string }): Promise<readonly KeyReference[]>
  /** Authenticated encryption; `context` must be the same at both ends (e.g. `puk:<device id>`). */
  seal(context: string, plain: Uint8Array): Promise<Uint8Array>
  unseal(context: string, sealed: Uint8Array): Promise<Uint8Array>
  /** Keyed MAC (HMAC-SHA-256) under a key of that name, for the audit chain and lookup tokens. */
  mac(keyName: string, data: Uint8Array): Promise<Uint8Array>
}
