import type { CardFacts } from '../issuance/card-facts.ts'
import { certificateTag } from '../issuance/plan-issuance.ts'
import { accept, type Outcome, refuse } from '../outcome/refusal.ts'
import type { KeyAlgorithm } from '../policy/device-policy.ts'

export type BlankPlan =
  | { readonly how: 'reset' }
  /** By what the standard gives: objects emptied, keys overwritten, PUK and PIN back to factory values. */
  | {
      readonly how: 'overwrite'
      readonly objects: readonly string[]
      /** Readable with the PIN only, so the card does not tell whether there is anything; it may refuse them. */
      readonly hiddenObjects: readonly string[]
      readonly keys: readonly { readonly slot: string; readonly algorithm: KeyAlgorithm; readonly delete: boolean }[]
      readonly setAdministrationKey: boolean
    }

/** The discovery object stays: it says how the card works and nothing of anybody, and cards come with it. */
const CHUID = '5FC102'
const identityObjects = [CHUID, '5FC107', '5FC106', '5FC10C']
/** Printed Information (SP 800-73-5 part 1 table 3): a name that would go on to the card's next holder. */
const hiddenObjects = ['5FC109']
const primary = ['9A', '9C', '9D', '9E']

/** Overwriting needs the fastest key that the slot can have; elliptic curves take a card a second, RSA a minute. */
const quickest: readonly KeyAlgorithm[] = ['P-256', 'P-384', 'Ed25519', 'RSA-2048', 'RSA-3072', 'RSA-4096']

/**
 * How this card is put back to blank (I-16). Pure. `knowsPuk`: a PUK that may be on the card is in our store. Without one the
 * card can only have the factory's: nothing of ours ever reached it. If it does not tell, that is tried before anything else.
 */
export const planBlank = (card: CardFacts, knowsPuk: boolean): Outcome<BlankPlan> => {
  if (card.reset) return accept({ how: 'reset' })
  if (card.puk.left === 0) return refuse('CARD_CANNOT_BE_BLANKED', { why: 'its PUK is blocked and it has no reset' })
  if (!knowsPuk && card.puk.isFactory === false)
    return refuse('CARD_CANNOT_BE_BLANKED', { why: 'its PUK is not known here and it has no reset' })
  const used = (slot: string) => card.occupied.includes(certificateTag(slot)) || card.keys[slot] !== undefined
  // A slot without certificate may still hold a key where the card does not tell, so the four primary ones always go.
  const slots = Object.keys(card.algorithms).filter(slot => used(slot) || (primary.includes(slot) && !card.metadata))
  return accept({
    how: 'overwrite',
    objects: [
      // A card that is known by its GUID alone could not be recognised again without one.
      ...identityObjects.filter(
        tag => card.occupied.includes(tag) && !(tag === CHUID && card.identity?.startsWith('guid:')),
      ),
      ...Object.keys(card.algorithms)
        .map(certificateTag)
        .filter(tag => card.occupied.includes(tag)),
    ],
    hiddenObjects,
    keys: slots.flatMap(slot => {
      const algorithm = quickest.find(a => card.algorithms[slot]?.includes(a))
      return algorithm ? [{ slot, algorithm, delete: card.deleteKey }] : []
    }),
    setAdministrationKey: card.administrationKeyAlgorithms.length > 0,
  })
}
