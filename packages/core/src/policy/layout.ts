import type { CardFacts } from '../issuance/card-facts.ts'
import { accept, type Outcome, type Refusal, refuse } from '../outcome/refusal.ts'
import type { User } from '../people/user.ts'
import type { CertificateProfile, KeyAlgorithm, PinPolicy, PolicyContent, TouchPolicy, Wish } from './device-policy.ts'

export type SlotLayout = {
  readonly slot: string
  readonly profile: CertificateProfile
  readonly algorithm: KeyAlgorithm
  readonly pinPolicy: PinPolicy
  readonly touchPolicy: TouchPolicy
  readonly validityDays: number
  /** Whether its key can sign a certificate request; some only agree on secrets. */
  readonly signs: boolean
}

/** Objects besides CHUID and certificates; the mandatory ones fail an issuance that the card refuses them. */
export type OptionalObject = 'ccc' | 'discovery' | 'security-object' | 'printed-information' | 'key-history'

/** What this card will have when it is done: policy and card brought together. */
export type Layout = {
  readonly slots: readonly SlotLayout[]
  readonly objects: readonly { readonly object: OptionalObject; readonly mandatory: boolean }[]
  readonly retries: { readonly pin: number; readonly puk: number } | null
  readonly proofOfPossession: boolean
  /** NO also where the card cannot attest and the policy does not insist. */
  readonly attestation: Wish
  readonly administrationKey: 'individual' | 'manufacturer'
  readonly validityDays: number
  readonly notes: readonly { readonly code: string; readonly params: Readonly<Record<string, string>> }[]
}

const isRetired = (slot: string): boolean => slot.startsWith('8') || /^9[0-5]$/.test(slot)

/** Everything about the policy that this card cannot do, not just the first (I-3: shown with the reason). */
export const misfits = (policy: PolicyContent, card: CardFacts): Refusal[] => {
  const found: Refusal[] = []
  // SP 800-73-5 part 2 table 2: administration is for the contact interface; keys with Yubico's commands do it over NFC too.
  if (card.contactless && !card.setRetries && !card.reset) found.push(refuse('CARD_NEEDS_CONTACTS'))
  for (const wanted of policy.slots) {
    const offered = card.algorithms[wanted.slot]
    if (!offered) found.push(refuse('POLICY_NEEDS_SLOT', { slot: wanted.slot }))
    else if (!wanted.algorithms.some(a => offered.includes(a)))
      found.push(
        refuse('POLICY_NEEDS_ALGORITHM', {
          slot: wanted.slot,
          wanted: wanted.algorithms.join(' / '),
          offered: offered.join(', ') || '–',
        }),
      )
    const asksForBits = wanted.touchPolicy !== 'DEFAULT' || wanted.pinPolicy !== 'DEFAULT'
    if (asksForBits && !card.keyPolicies) found.push(refuse('POLICY_NEEDS_POLICY_BITS', { slot: wanted.slot }))
  }
  if (policy.attestation === 'REQUIRED' && !card.attestation) found.push(refuse('POLICY_NEEDS_ATTESTATION'))
  if (card.administrationKeyAlgorithms.length === 0 && !policy.keepManufacturerKey)
    found.push(refuse('POLICY_NEEDS_KEY_CHANGE'))
  return found
}

const wish = (object: OptionalObject, asked: Wish): Layout['objects'] =>
  asked === 'NO' ? [] : [{ object, mandatory: asked === 'REQUIRED' }]

/** Attributes that a profile cannot do without, told before anything is written to the card. */
const missingAttribute = (profile: CertificateProfile, user: User): string | null =>
  profile === 'piv-authentication' && !user.upn && !user.email ? 'user principal name or e-mail address' : null

/** Pure: policy + user + card → the layout the card must have, or the first reason why not (DESIGN §2 step 2). */
export const resolveLayout = (policy: PolicyContent, user: User, card: CardFacts): Outcome<Layout> => {
  const [misfit] = misfits(policy, card)
  if (misfit) return misfit
  for (const s of policy.slots) {
    const attribute = missingAttribute(s.profile, user)
    if (attribute) return refuse('SUBJECT_INCOMPLETE', { attribute, slot: s.slot })
  }
  const notes: { code: string; params: Record<string, string> }[] = []
  if (!card.setRetries) notes.push({ code: 'FIXED_RETRIES', params: {} })
  const change = card.administrationKeyAlgorithms.length > 0
  if (!change) notes.push({ code: 'MANUFACTURER_KEY_KEPT', params: {} })
  const slots = policy.slots.map((s): SlotLayout => {
    const algorithm = s.algorithms.find(a => card.algorithms[s.slot]?.includes(a))
    if (!algorithm) throw new RangeError(`slot ${s.slot}: misfits() lets no policy without an algorithm pass`)
    return { ...s, algorithm, signs: algorithm.startsWith('RSA') || !card.cannotSign.includes(s.slot) }
  })
  return accept({
    slots,
    objects: [
      { object: 'ccc', mandatory: true },
      ...wish('discovery', policy.objects.discovery),
      ...(slots.some(s => isRetired(s.slot)) ? [{ object: 'key-history' as const, mandatory: true }] : []),
      ...wish('printed-information', policy.objects.printedInformation),
      ...wish('security-object', policy.objects.securityObject),
    ],
    retries: card.setRetries ? { pin: policy.pin.retries, puk: policy.pin.pukRetries } : null,
    proofOfPossession: policy.proofOfPossession,
    attestation: card.attestation ? policy.attestation : 'NO',
    administrationKey: change ? 'individual' : 'manufacturer',
    validityDays: policy.validityDays,
    notes,
  })
}
