import { PIN_POLICIES, TOUCH_POLICIES } from '@cardwright/card'
import { type AttestationFinding, checkAttestation } from '@cardwright/pki'
import { accept, type Outcome, refuse } from '../outcome/refusal.ts'
import type { Layout, SlotLayout } from '../policy/layout.ts'
import type { KeyEvidence } from './issuance.ts'

/** What the card said about the keys that it has just made. */
export type AttestationAnswers = {
  readonly statements: ReadonlyMap<string, Uint8Array>
  /** Certificate of the key that signs statements; null = the card has none to show. */
  readonly signer: Uint8Array | null
}

const words: Readonly<Record<AttestationFinding, string>> = {
  NOT_A_CERTIFICATE: 'it is not a certificate',
  ANOTHER_KEY: 'it speaks of another key',
  ANOTHER_SLOT: 'it speaks of another slot',
  ANOTHER_CARD: 'it speaks of another card',
  WEAKER_POLICY: 'the key asks for PIN or touch less often than the policy wants',
  NOT_SIGNED_BY_THE_CARD: 'it is not signed by the key that the card shows',
  MAKER_NOT_TRUSTED: 'the maker of the card is not among the trusted ones',
}

const lower = (policy: string): string => policy.toLowerCase()

const findingsOf = (
  slot: SlotLayout,
  key: KeyEvidence,
  answers: AttestationAnswers,
  serial: string,
  anchors: readonly Uint8Array[],
): readonly AttestationFinding[] => {
  const statement = answers.statements.get(slot.slot)
  if (!statement || !answers.signer) return ['NOT_A_CERTIFICATE']
  const expectation = {
    slot: slot.slot,
    publicKeySpki: key.publicKeySpki,
    serial: /^[0-9]+$/.test(serial) ? Number(serial) : null,
    pinPolicy: PIN_POLICIES[lower(slot.pinPolicy) as keyof typeof PIN_POLICIES],
    touchPolicy: TOUCH_POLICIES[lower(slot.touchPolicy) as keyof typeof TOUCH_POLICIES],
  }
  return checkAttestation(statement, expectation, { signer: answers.signer, anchors })
}

/**
 * Proof that keys were made on the card and not put there. With REQUIRED the maker must be trusted; with IF_POSSIBLE an
 * unknown maker is a note, yet a statement that contradicts the card is refused all the same.
 */
export const judgeAttestation = (
  layout: Layout,
  keys: readonly KeyEvidence[],
  answers: AttestationAnswers,
  serial: string,
  anchors: readonly Uint8Array[],
): Outcome<{ readonly trusted: boolean }> => {
  let trusted = true
  for (const slot of layout.slots) {
    const key = keys.find(k => k.slot === slot.slot)
    if (!key) return refuse('CARD_KEY_MISMATCH', { slot: slot.slot })
    const findings = findingsOf(slot, key, answers, serial, anchors)
    const grave = findings.filter(f => layout.attestation === 'REQUIRED' || f !== 'MAKER_NOT_TRUSTED')
    const [first] = grave
    if (first) return refuse('ATTESTATION_FAILED', { slot: slot.slot, why: words[first] })
    trusted &&= findings.length === 0
  }
  return accept({ trusted })
}
