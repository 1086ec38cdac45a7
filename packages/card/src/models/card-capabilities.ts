import type { ApduFraming } from '../apdu/encode-apdu.ts'
import { type KeyAlgorithm, keyAlgorithmById, type ManagementKeyAlgorithm } from '../piv/algorithms.ts'
import type { WitnessForm } from '../piv/commands/management-authentication.ts'
import { certificateObject, PIV_OBJECTS, type PivObject } from '../piv/objects/object-table.ts'
import { KEY_SLOTS, type KeySlot, PRIMARY_SLOTS, RETIRED_SLOTS } from '../piv/references.ts'
import type { CardModel, FactoryKey } from './models.ts'

/** What a card can do: asked where it can be asked, from the model's row where it cannot. */
export type CardCapabilities = {
  readonly model: CardModel
  /** Algorithms for which the card makes keys, by slot; a slot that is missing cannot hold one. */
  readonly algorithms: ReadonlyMap<KeySlot, readonly KeyAlgorithm[]>
  /** Slots whose keys sign whatever their algorithm; in the others RSA keys do, and EC keys only agree on secrets. */
  readonly signingSlots: readonly KeySlot[]
  /** How answerWitness has to be sent. */
  readonly witnessForm: WitnessForm
  readonly metadata: boolean
  readonly keyPolicies: boolean
  readonly attestation: boolean
  readonly setManagementKey: 'yubico' | 'none'
  /** Best first; empty if there is no command. */
  readonly newManagementKeyAlgorithms: readonly ManagementKeyAlgorithm[]
  readonly setRetries: boolean
  readonly reset: boolean
  readonly moveKey: boolean
  readonly deleteKey: boolean
  readonly contactless: boolean
  readonly framing: ApduFraming
  /** Bytes of an object's value that each object can have at least; see objectCapacity. */
  readonly maxObjectBytes: number
  readonly factoryPin: string
  readonly factoryPuk: string
  /** Keys to try on a new card, likeliest first. */
  readonly factoryKeys: readonly FactoryKey[]
}

const STANDARD_OBJECTS: readonly PivObject[] = [...Object.values(PIV_OBJECTS), ...KEY_SLOTS.map(certificateObject)]

/** Bytes that an object's value may have; undefined = this card does not store the object. */
export function objectCapacity(
  { model, maxObjectBytes }: Pick<CardCapabilities, 'model' | 'maxObjectBytes'>,
  tag: number,
): number | undefined {
  if (model.storesAnyObject) return maxObjectBytes
  const standard = STANDARD_OBJECTS.find(object => object.tag === tag)
  return standard && Math.max(standard.capacity, maxObjectBytes)
}

/** RSA-3072, RSA-2048, P-256, P-384 (SP 800-78-5). Other numbers differ: E0 is Yubico's Ed25519, Nitrokey's RSA-3072. */
const STANDARD_ALGORITHMS: readonly number[] = [0x05, 0x07, 0x11, 0x14]

/**
 * Algorithms by slot. A list in the application template (AC) is believed over the model's row, except by a YubiKey,
 * which sends none. X25519 cannot sign and thus only serves for key agreement.
 */
export function algorithmsBySlot(
  model: CardModel,
  listed: readonly number[],
): ReadonlyMap<KeySlot, readonly KeyAlgorithm[]> {
  const fromCard = listed
    .filter(id => STANDARD_ALGORITHMS.includes(id))
    .map(keyAlgorithmById)
    .filter(algorithm => algorithm !== undefined)
  const algorithms = model.vendor !== 'yubico' && fromCard.length > 0 ? fromCard : model.algorithms
  const signing = algorithms.filter(canSign)
  const slots: readonly KeySlot[] = model.retiredSlots ? [...PRIMARY_SLOTS, ...RETIRED_SLOTS] : PRIMARY_SLOTS
  return new Map(slots.map(slot => [slot, isKeyManagement(slot) ? algorithms : signing]))
}

export function signingSlots(model: CardModel, slots: Iterable<KeySlot>): readonly KeySlot[] {
  return [...slots].filter(slot => model.keyManagementSigns || !isKeyManagement(slot))
}

function isKeyManagement(slot: KeySlot): boolean {
  return slot !== 0x9a && slot !== 0x9c && slot !== 0x9e
}

/** Whether a key of this algorithm can sign, and so prove itself in a certificate request. */
export function canSign(algorithm: KeyAlgorithm): boolean {
  return algorithm !== 'X25519'
}
