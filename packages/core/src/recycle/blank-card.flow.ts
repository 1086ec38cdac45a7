import {
  ANY_STATUS,
  type CardCommand,
  CardStatusError,
  changePuk,
  deleteKey,
  generateKeyPair,
  isKeySlot,
  putData,
  resetRetryCounter,
  setManagementKey,
} from '@cardwright/card'
import { authenticateAndSend, candidateKeys } from '../issuance/authenticate.flow.ts'
import type { IssuancePorts } from '../issuance/issuance-ports.ts'
import type { Ledger } from '../issuance/ledger.flow.ts'
import type { OpenCard } from '../issuance/open-card.flow.ts'
import { runReset } from '../issuance/reset-card.flow.ts'
import { RefusalError, refuse } from '../outcome/refusal.ts'
import type { KeyReference } from '../ports/keys.ts'
import type { BlankPlan } from './plan-blank.ts'

const slotByte = (slot: string) => {
  const byte = Number.parseInt(slot, 16)
  if (!isKeySlot(byte)) throw new RangeError(`${slot} is not a key slot`)
  return byte
}

const progress = 'blank-card'

/**
 * Back to the factory PUK from any that the card may have: each candidate may fail, the last command must not. A wrong
 * one costs a try, and success gives all tries back (SP 800-73-5 part 2 §3.2.2).
 */
const pukToFactory = (card: OpenCard, candidates: readonly string[]): readonly CardCommand<unknown>[] => [
  ...candidates.map(puk => ({ ...changePuk(puk, card.facts.factoryPuk), accept: ['9000', '63CX', '630X', '6300'] })),
  changePuk(card.facts.factoryPuk, card.facts.factoryPuk),
]

const overwrite = async (
  ports: IssuancePorts,
  ledger: Ledger,
  card: OpenCard,
  plan: Extract<BlankPlan, { how: 'overwrite' }>,
  pukCandidates: readonly string[],
): Promise<void> => {
  const { facts } = card
  const manufacturer = await ports.keys.manufacturerKeys({ model: facts.model, identity: ledger.device.identity })
  const candidates = candidateKeys(ledger.device, facts, manufacturer)
  const factory = plan.setAdministrationKey ? facts.factoryAdministrationKeys[0] : undefined
  const backTo: KeyReference | null = factory ?? null
  const value = backTo ? await (await ports.keys.administrationKey(backTo)).valueForCard() : null
  const { factoryPuk } = facts
  const commands: CardCommand<unknown>[] = [
    // Nothing is erased on a card that could not be given its factory PUK back in the end.
    ...(pukCandidates.length === 0 ? [changePuk(factoryPuk, factoryPuk)] : []),
    ...plan.objects.map(tag => putData(Number.parseInt(tag, 16), new Uint8Array())),
    ...plan.hiddenObjects.map(tag => ({
      ...putData(Number.parseInt(tag, 16), new Uint8Array()),
      accept: [ANY_STATUS],
      decode: () => undefined,
    })),
    ...plan.keys.map(k =>
      k.delete ? deleteKey(slotByte(k.slot)) : generateKeyPair({ slot: slotByte(k.slot), algorithm: k.algorithm }),
    ),
    ...pukToFactory(card, pukCandidates),
    resetRetryCounter(facts.factoryPuk, facts.factoryPin),
    ...(backTo && value ? [setManagementKey({ algorithm: backTo.algorithm, key: value })] : []),
  ]
  const { outcome } = await authenticateAndSend(ports, card, candidates, true, async prefix => {
    const all: CardCommand<unknown>[] = [...prefix, ...commands]
    const { results, stop } = await card.session.tryRun(...all.map(c => ({ ...c, progress })))
    const refused = prefix.length > 0 && stop?.step === 0 && stop.kind === 'status'
    const answers = results as readonly unknown[]
    return {
      refused,
      answer: prefix.length > 0 ? (answers[0] as Uint8Array | undefined) : undefined,
      outcome: refused ? null : (stop?.error ?? null),
    }
  })
  if (outcome instanceof CardStatusError && outcome.command === 'piv.change-puk' && outcome.sw !== 0x6983)
    throw new RefusalError(refuse('CARD_CANNOT_BE_BLANKED', { why: 'its PUK is not known here and it has no reset' }))
  if (outcome) throw outcome
}

/** Puts the open card back to blank; may be called again after any interruption. Throws what stopped it. */
export const blankCard = async (
  ports: IssuancePorts,
  ledger: Ledger,
  card: OpenCard,
  plan: BlankPlan,
  pukCandidates: readonly string[],
): Promise<void> => {
  ledger.enter('blank-card')
  if (plan.how === 'reset') return runReset(ports, card)
  if (pukCandidates.length > 2) throw new RefusalError(refuse('CARD_PUK_UNKNOWN'))
  return overwrite(ports, ledger, card, plan, pukCandidates)
}
