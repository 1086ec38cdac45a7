import { type CardCommand, CardStatusError } from '@cardwright/card'
import { RefusalError, refuse } from '../outcome/refusal.ts'
import type { KeyReference } from '../ports/keys.ts'
import type { AttestationAnswers } from './attestation.ts'
import { authenticateAndSend, candidateKeys } from './authenticate.flow.ts'
import {
  type CardObjects,
  type CompiledCommand,
  compileStep,
  type Evidence,
  readAttestationSigner,
  type ScriptSecrets,
} from './compile-steps.ts'
import type { KeyEvidence } from './issuance.ts'
import type { IssuancePorts } from './issuance-ports.ts'
import type { Ledger } from './ledger.flow.ts'
import type { OpenCard } from './open-card.flow.ts'
import type { Plan, PlanStep } from './plan-issuance.ts'
import { changesIdentity, identityFromCardUuid } from './recognise-card.flow.ts'
import type { SealedSecrets } from './secrets.flow.ts'
import { giveUpOnPuk, settlePuk } from './settle-puk.flow.ts'

/** Steps that travel in the first writing script; the rest need the CA's answers. */
const firstScript: readonly PlanStep['name'][] = [
  'write-identity',
  'clear-slot',
  'set-retries',
  'set-puk',
  'set-pin',
  'generate-key',
  'check-attestation',
]

const isInFirstScript = (step: PlanStep): boolean =>
  firstScript.includes(step.name) || (step.name === 'write-object' && step.object !== 'security-object')

type Sent = { readonly refused: boolean; readonly answer: Uint8Array | undefined; readonly outcome: Written }
type Written = { readonly evidence: readonly Evidence[]; readonly error: Error | null }

const send = async (
  card: OpenCard,
  prefix: readonly CardCommand<Uint8Array>[],
  commands: readonly CompiledCommand[],
): Promise<Sent> => {
  const all: CardCommand<unknown>[] = [...prefix, ...commands]
  const { results, stop } = await card.session.tryRun(...all)
  const refused = prefix.length > 0 && stop?.step === 0 && stop.kind === 'status'
  const answers: readonly unknown[] = results
  const evidence = answers.slice(prefix.length).flatMap(e => (e === undefined ? [] : [e as Evidence]))
  return {
    refused,
    answer: prefix.length > 0 ? (answers[0] as Uint8Array | undefined) : undefined,
    outcome: { evidence, error: refused ? null : (stop?.error ?? null) },
  }
}

/** What the card has said is stored even when the script stopped half way: a retry builds on it. */
const storeEvidence = async (
  ledger: Ledger,
  sealed: SealedSecrets,
  plan: Plan,
  written: Written,
  authenticatedWith: KeyReference,
): Promise<void> => {
  const has = (kind: Evidence['kind']) => written.evidence.some(e => e.kind === kind)
  const generated = written.evidence.flatMap((e): KeyEvidence[] =>
    e.kind === 'key' ? [{ slot: e.slot, algorithm: e.key.algorithm, publicKeySpki: e.key.publicKeySpki }] : [],
  )
  const kept = plan.kept.filter(k => !generated.some(g => g.slot === k.slot))
  const now = ledger.device
  const refused = written.evidence.flatMap(e => (e.kind === 'object-refused' ? [e.object] : []))
  await ledger.save(
    {
      keys: [...kept, ...generated],
      // The card gives all tries back when a PUK was right.
      pukTries: has('puk-set') || has('pin-set') ? 0 : ledger.issuance.pukTries,
      notes: [
        ...ledger.issuance.notes.filter(n => n.code !== 'OBJECT_SKIPPED'),
        ...refused.map(object => ({ code: 'OBJECT_SKIPPED', params: { object } })),
      ],
    },
    {
      administrationKey: authenticatedWith.kind === 'well-known' ? null : authenticatedWith,
      ...(has('identity-written') && changesIdentity(now.identity)
        ? { identity: identityFromCardUuid(ledger.issuance.cardUuid) }
        : {}),
    },
    async tx => {
      // RESET RETRY COUNTER proves the PUK as well as it sets the PIN.
      if (has('puk-set') || has('pin-set')) await tx.secrets.put({ ...sealed.puk, stage: 'CURRENT' })
      if (has('pin-set')) await tx.secrets.put({ ...sealed.pin, stage: 'CURRENT' })
    },
  )
}

const attestationOf = (evidence: readonly Evidence[]): AttestationAnswers => {
  const signer = evidence.find(e => e.kind === 'attestation-signer')
  return {
    statements: new Map(evidence.flatMap(e => (e.kind === 'attestation' ? [[e.slot, e.statement] as const] : []))),
    signer: signer?.kind === 'attestation-signer' ? signer.certificate : null,
  }
}

/** A PUK that the card refuses is neither the factory's nor ours: no retry may spend another try on it. */
const pukIsAStrangers = async (ledger: Ledger, error: Error): Promise<Error> => {
  const isRefused = error instanceof CardStatusError && error.command === 'piv.change-puk'
  if (!isRefused || error.attemptsRemaining === undefined) return error
  await giveUpOnPuk(ledger)
  return error.attemptsRemaining === 0 ? error : new RefusalError(refuse('CARD_NOT_BLANK'), { cause: error })
}

/**
 * Step 4, first half: authenticates and writes everything that does not need the CA, as one script. Answers what
 * the card attests. Throws what stopped the script, after the evidence is stored.
 */
export const writeCard = async (
  ports: IssuancePorts,
  ledger: Ledger,
  card: OpenCard,
  plan: Plan,
  objects: CardObjects,
  sealed: SealedSecrets,
): Promise<AttestationAnswers> => {
  ledger.enter('authenticate')
  const untouchedBefore = !ledger.issuance.cardTouched
  const manufacturer = await ports.keys.manufacturerKeys({ model: card.facts.model, identity: ledger.device.identity })
  const candidates = candidateKeys(ledger.device, card.facts, manufacturer)
  const isUncertain = plan.steps.some(s => s.name === 'set-puk' && s.from === 'uncertain')
  if (isUncertain) await settlePuk(ledger, card, sealed)
  // Intent before effect; the GUID too, by which a card that tells nothing else is found again.
  await ledger.save({ cardTouched: true }, { cardUuid: ledger.issuance.cardUuid })
  const secrets: ScriptSecrets = { pin: sealed.pinValue, puk: sealed.pukValue, administrationKey: null }
  const attests = plan.steps.some(s => s.name === 'check-attestation')
  const steps = plan.steps.filter(s => isInFirstScript(s) && !(isUncertain && s.name === 'set-puk'))
  const commands = [
    ...steps.flatMap(s => compileStep(s, card.facts, secrets, objects)),
    ...(attests ? [readAttestationSigner()] : []),
  ]
  // A card that fails to prove itself may have taken the commands all the same.
  let commandsWereTaken = false
  try {
    const { reference, outcome } = await authenticateAndSend(
      ports,
      card,
      candidates,
      !untouchedBefore,
      async prefix => {
        const sent = await send(card, prefix, commands)
        commandsWereTaken ||= !sent.refused
        return sent
      },
    )
    await storeEvidence(ledger, sealed, plan, outcome, reference)
    if (outcome.error) throw await pukIsAStrangers(ledger, outcome.error)
    return attestationOf(outcome.evidence)
  } catch (error) {
    const isForeign = error instanceof RefusalError && error.refusal.code === 'CARD_FOREIGN_ADMINISTRATION_KEY'
    if (isForeign && !commandsWereTaken && untouchedBefore) await ledger.save({ cardTouched: false })
    throw error
  }
}
