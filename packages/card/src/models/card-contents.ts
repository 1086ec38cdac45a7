import type { ManagementKeyAlgorithm } from '../piv/algorithms.ts'
import type { TouchPolicy } from '../piv/keys/policies.ts'
import type { CardCapabilityContainer } from '../piv/objects/card-capability-container.ts'
import type { Chuid } from '../piv/objects/chuid.ts'
import type { Discovery } from '../piv/objects/discovery.ts'
import type { KeyHistory } from '../piv/objects/key-history.ts'
import type { KeySlot } from '../piv/references.ts'
import type { FirmwareVersion } from '../yubico/firmware-version.ts'
import type { KeyMetadata } from '../yubico/metadata.ts'

/**
 * What a card is known by again. A serial number is the maker's; of another maker than Yubico it carries the model's
 * name, since two makers may use the same numbers; `uuid` is a Nitrokey's. `guid` changes with each issue. A card that
 * tells its CPLC over contacts only has another identity over the contactless interface.
 */
export type CardIdentity =
  | { readonly kind: 'serial' | 'uuid' | 'cplc' | 'guid'; readonly value: string }
  | { readonly kind: 'none'; readonly value: '' }

/** undefined = the card does not tell. */
export type SecretStatus = {
  readonly isFactory: boolean | undefined
  readonly total: number | undefined
  readonly remaining: number | undefined
}

export type ManagementKeyStatus = {
  /** Of the key that is on the card now: one if the card tells, else those for which it gives a witness. */
  readonly algorithms: readonly ManagementKeyAlgorithm[]
  readonly isFactory: boolean | undefined
  readonly touchPolicy: TouchPolicy | undefined
}

export type SlotContents = {
  readonly key: 'present' | 'absent' | 'unknown'
  readonly metadata: KeyMetadata | undefined
  /** Value of the certificate object; read it with decodeCertificateObject. */
  readonly certificateObject: Uint8Array | undefined
}

/** Rules of the firmware for new PINs and PUKs, as far as a YubiKey tells; it refuses what breaks them with 6985. */
export type FirmwareRules = {
  readonly pinComplexity: boolean
  /** Of the PIV application. */
  readonly fips: 'none' | 'capable' | 'approved'
}

/** The card as it is now, read in one script. Objects that are there but malformed are in `occupied` only. */
export type CardContents = {
  readonly identity: CardIdentity
  /** undefined where the card tells none, or one that other cards have too. */
  readonly serial: number | undefined
  readonly firmwareRules: FirmwareRules
  readonly firmware: FirmwareVersion | undefined
  readonly chuid: Chuid | undefined
  readonly cardCapabilityContainer: CardCapabilityContainer | undefined
  readonly discovery: Discovery | undefined
  readonly keyHistory: KeyHistory | undefined
  readonly pin: SecretStatus
  readonly puk: SecretStatus
  readonly managementKey: ManagementKeyStatus
  /** The slots that were asked. */
  readonly slots: ReadonlyMap<KeySlot, SlotContents>
  /** Tags of objects that are there and not empty. What needs a PIN to be read is not in it. */
  readonly occupied: readonly number[]
}
