import type { WitnessForm } from '@cardwright/card'
import type { KeyAlgorithm } from '../policy/device-policy.ts'
import type { KeyReference, ManagementKeyAlgorithm } from '../ports/keys.ts'

/** A key that is in a slot now, as far as the card tells. */
export type KeyInSlot = {
  /** null = the card does not tell (no metadata); then only a signature can prove which key it is. */
  readonly publicKeySpki: Uint8Array | null
}

/**
 * What planning needs to know of one card, read from it just now. `null` = the card does not tell. Made from the
 * probe's answers in read-card.ts; all bytes of the card have been through decoders that distrust it.
 */
export type CardFacts = {
  /** `serial:…`, `uuid:…`, `cplc:…` or `guid:…`; null = nothing to recognise it by. */
  readonly identity: string | null
  /** For people. */
  readonly serial: string
  readonly model: string
  readonly form: 'card' | 'key' | 'phone'
  /** Slots that can hold a key, with the algorithms each can generate. */
  readonly algorithms: Readonly<Record<string, readonly KeyAlgorithm[]>>
  /** Slots whose EC keys only agree on secrets, so that they cannot sign a proof of possession; RSA keys can. */
  readonly cannotSign: readonly string[]
  /** Read over the contactless interface, where a card by the standard takes no administration (SP 800-73-5 pt. 2 table 2). */
  readonly contactless: boolean
  /** How answerWitness has to be sent to this card. */
  readonly witnessForm: WitnessForm
  /** PIN and touch policy for each key. */
  readonly keyPolicies: boolean
  readonly attestation: boolean
  readonly reset: boolean
  readonly deleteKey: boolean
  /** Answers which key is in a slot and whether PIN and PUK are factory values. */
  readonly metadata: boolean
  readonly setRetries: boolean
  /** Algorithms that a new administration key may have, best first; empty = there is no command to change it. */
  readonly administrationKeyAlgorithms: readonly ManagementKeyAlgorithm[]
  readonly administrationKeyAlgorithm: ManagementKeyAlgorithm | null
  readonly administrationKeyIsFactory: boolean | null
  /** Well-known keys that cards of this model leave the factory with. */
  readonly factoryAdministrationKeys: readonly KeyReference[]
  readonly factoryPin: string
  readonly factoryPuk: string
  readonly pin: { readonly total: number | null; readonly left: number | null; readonly isFactory: boolean | null }
  readonly puk: { readonly total: number | null; readonly left: number | null; readonly isFactory: boolean | null }
  /** Slots in which the card says (metadata) or lets guess (certificate object) that there is something. */
  readonly keys: Readonly<Record<string, KeyInSlot>>
  /** Tags of data objects that are not empty, upper-case hex. */
  readonly occupied: readonly string[]
  /** GUID of the CHUID that is on the card, hex. */
  readonly guid: string | null
  readonly maxObjectBytes: number
}
