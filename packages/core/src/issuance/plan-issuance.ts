import { accept, type Outcome, refuse } from '../outcome/refusal.ts'
import type { Layout, OptionalObject, SlotLayout } from '../policy/layout.ts'
import type { CardFacts } from './card-facts.ts'
import type { KeyEvidence } from './issuance.ts'

/**
 * What earlier attempts are known to have done, from the store. The card is read anew each time; this only tells what
 * the card itself cannot: which secrets may be on it.
 */
export type Progress = {
  /** Something of this issuance may have reached the card. */
  readonly touched: boolean
  readonly keys: readonly KeyEvidence[]
  /** 'sent' = stored and perhaps on the card; 'set' = the card said so. */
  readonly puk: 'none' | 'sent' | 'set'
  readonly pukTries: number
}

export type PlanStep =
  | { readonly name: 'reset-card' }
  | { readonly name: 'authenticate' }
  | { readonly name: 'set-retries'; readonly pin: number; readonly puk: number; readonly withPuk: 'none' | 'factory' }
  | { readonly name: 'write-identity' }
  | { readonly name: 'clear-slot'; readonly slot: string; readonly deleteKey: boolean }
  /** `uncertain`: an answer was lost, the card has the factory PUK or ours. */
  | { readonly name: 'set-puk'; readonly from: 'factory' | 'uncertain' }
  | { readonly name: 'set-pin' }
  | { readonly name: 'set-administration-key' }
  | { readonly name: 'keep-manufacturer-key' }
  | ({ readonly name: 'generate-key' } & SlotLayout)
  | { readonly name: 'check-attestation'; readonly slot: string }
  | { readonly name: 'write-object'; readonly object: OptionalObject; readonly mandatory: boolean }
  | { readonly name: 'sign-request'; readonly slot: string }
  | { readonly name: 'issue-certificate'; readonly slot: string }
  | { readonly name: 'write-certificate'; readonly slot: string }
  | { readonly name: 'check-card' }
  | { readonly name: 'holder-pin' }
  | { readonly name: 'finish' }

export type Plan = { readonly steps: readonly PlanStep[]; readonly kept: readonly KeyEvidence[] }

/** The card's limit of PUK tries is 3 unless told otherwise; one try must remain for a person. */
export const TRIES_ON_UNCERTAIN_PUK = 2

const sameKey = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i])

/** The key of an earlier attempt may stay only if the card itself names it now: an old answer proves nothing about today. */
const stillThere = (slot: SlotLayout, card: CardFacts, progress: Progress): KeyEvidence | null => {
  const evidence = progress.keys.find(k => k.slot === slot.slot && k.algorithm === slot.algorithm)
  const now = card.keys[slot.slot]?.publicKeySpki
  return evidence && now && sameKey(now, evidence.publicKeySpki) ? evidence : null
}

const certificateTags: Readonly<Record<string, string>> = {
  '9A': '5FC105',
  '9C': '5FC10A',
  '9D': '5FC10B',
  '9E': '5FC101',
}

/** Data object of a slot's certificate: the four primary ones, and 5FC10D… for 82… (SP 800-73-5 part 1 table 3). */
export const certificateTag = (slot: string): string => {
  const primary = certificateTags[slot]
  if (primary) return primary
  return (0x5fc10d + Number.parseInt(slot, 16) - 0x82).toString(16).toUpperCase()
}

/** What a stranger left in slots that the policy does not name: a blank card must not smuggle in keys of its own. */
const leftovers = (layout: Layout, card: CardFacts): PlanStep[] =>
  Object.keys(card.algorithms)
    .filter(slot => !layout.slots.some(s => s.slot === slot))
    .filter(slot => card.occupied.includes(certificateTag(slot)) || (card.deleteKey && card.keys[slot] !== undefined))
    .map(slot => ({ name: 'clear-slot', slot, deleteKey: card.deleteKey && card.keys[slot] !== undefined }))

const secrets = (layout: Layout, card: CardFacts, progress: Progress): Outcome<PlanStep[]> => {
  // What the card says of itself now beats what it said then: somebody may have reset it by hand.
  const ours =
    card.puk.isFactory !== true && (progress.puk === 'set' || (progress.puk === 'sent' && card.puk.isFactory === false))
  const uncertain = !ours && progress.puk === 'sent' && card.puk.isFactory === null
  if (!ours && card.puk.left === 0) return refuse('CARD_PUK_BLOCKED')
  if (!ours && !uncertain && card.puk.isFactory === false) return refuse('CARD_NOT_BLANK')
  const spent = progress.pukTries >= TRIES_ON_UNCERTAIN_PUK
  if (!ours && spent && card.puk.isFactory !== true) return refuse('CARD_PUK_UNKNOWN')
  const steps: PlanStep[] = []
  const wanted = layout.retries
  const retriesFit =
    !wanted || (card.pin.total === wanted.pin && (card.puk.total === null || card.puk.total === wanted.puk))
  // Setting the counters resets PIN and PUK to factory values (CARD-FACTS §3.1 FA), so it comes before both.
  if (wanted && !retriesFit && !ours && !uncertain)
    steps.push({
      name: 'set-retries',
      ...wanted,
      withPuk: card.pin.isFactory === false || card.pin.left === 0 ? 'factory' : 'none',
    })
  if (!ours) steps.push({ name: 'set-puk', from: uncertain ? 'uncertain' : 'factory' })
  steps.push({ name: 'set-pin' })
  return accept(steps)
}

/**
 * The difference between the layout and the card, as steps in the order in which they must happen (DESIGN §2 step 3).
 * Pure: a dry run shows it, an issuance executes it, a retry makes it anew. Keys that are already right are kept.
 */
export const planIssuance = (
  layout: Layout,
  card: CardFacts,
  progress: Progress,
  options: { readonly holderPin: boolean },
): Outcome<Plan> => {
  // A touched card that cannot tell what it has, but can be reset, is cheaper to reset than to guess at.
  if (progress.touched && card.reset && !card.metadata) {
    const blank = planBlank(layout, { ...card, occupied: [], keys: {}, pin: untold, puk: untold }, options)
    return blank.ok ? accept({ ...blank.value, steps: [{ name: 'reset-card' }, ...blank.value.steps] }) : blank
  }
  const secretSteps = secrets(layout, card, progress)
  if (!secretSteps.ok) return secretSteps
  const kept = layout.slots.flatMap(slot => stillThere(slot, card, progress) ?? [])
  return accept({ steps: assemble(layout, secretSteps.value, leftovers(layout, card), kept, options), kept })
}

const untold = { total: null, left: null, isFactory: null }

const planBlank = (layout: Layout, card: CardFacts, options: { readonly holderPin: boolean }): Outcome<Plan> => {
  const secretSteps = secrets(layout, card, { touched: false, keys: [], puk: 'none', pukTries: 0 })
  if (!secretSteps.ok) return secretSteps
  return accept({ steps: assemble(layout, secretSteps.value, [], [], options), kept: [] })
}

const assemble = (
  layout: Layout,
  secretSteps: readonly PlanStep[],
  clearing: readonly PlanStep[],
  kept: readonly KeyEvidence[],
  options: { readonly holderPin: boolean },
): PlanStep[] => {
  const fresh = layout.slots.filter(slot => !kept.some(k => k.slot === slot.slot))
  const early = layout.objects.filter(o => o.object !== 'security-object')
  return [
    { name: 'authenticate' },
    // The GUID first: a card without a serial number is recognised by it after a crash.
    { name: 'write-identity' },
    ...clearing,
    ...secretSteps,
    ...early.map((o): PlanStep => ({ name: 'write-object', ...o })),
    ...fresh.map((slot): PlanStep => ({ ...slot, name: 'generate-key' })),
    // Kept keys too: the attempt that made them may have ended before their statements were judged.
    ...(layout.attestation !== 'NO'
      ? layout.slots.map((s): PlanStep => ({ name: 'check-attestation', slot: s.slot }))
      : []),
    ...(layout.proofOfPossession
      ? layout.slots.filter(s => s.signs).map((s): PlanStep => ({ name: 'sign-request', slot: s.slot }))
      : []),
    ...layout.slots.map((s): PlanStep => ({ name: 'issue-certificate', slot: s.slot })),
    ...layout.slots.map((s): PlanStep => ({ name: 'write-certificate', slot: s.slot })),
    ...layout.objects
      .filter(o => o.object === 'security-object')
      .map((o): PlanStep => ({ name: 'write-object', ...o })),
    // Last of all writing: a card may drop the authentication when the key behind it changes.
    { name: layout.administrationKey === 'individual' ? 'set-administration-key' : 'keep-manufacturer-key' },
    { name: 'check-card' },
    ...(options.holderPin ? [{ name: 'holder-pin' } as const] : []),
    { name: 'finish' },
  ]
}
