import { answerWitness, type CardCommand, constantTimeEqual, requestWitness } from '@cardwright/card'
import type { Device } from '../device/device.ts'
import { RefusalError, refuse } from '../outcome/refusal.ts'
import type { AdministrationKey, KeyReference } from '../ports/keys.ts'
import type { CardFacts } from './card-facts.ts'
import type { IssuancePorts } from './issuance-ports.ts'
import type { OpenCard } from './open-card.flow.ts'

/**
 * Keys that the card may have, likeliest first. After a lost answer it is the pending one or the one before. The
 * management key has no try counter (CARD-FACTS §3.2), yet the list stays short: some cards may count.
 */
export const candidateKeys = (
  device: Pick<Device, 'administrationKey' | 'pendingAdministrationKey'>,
  card: CardFacts,
  manufacturer: readonly KeyReference[],
): readonly KeyReference[] => {
  const ours = [device.pendingAdministrationKey, device.administrationKey].filter(k => k !== null)
  const factory = card.administrationKeyIsFactory === false ? [] : card.factoryAdministrationKeys
  const all = card.administrationKeyIsFactory === true ? factory : [...ours, ...factory, ...manufacturer]
  const fitting = all.filter(
    k => card.administrationKeyAlgorithm === null || k.algorithm === card.administrationKeyAlgorithm,
  )
  return fitting.slice(0, 5)
}

type Answer = {
  readonly command: CardCommand<Uint8Array>
  readonly isGenuine: (answer: Uint8Array) => boolean
  readonly reference: KeyReference
}

const witnessAnswer = async (ports: IssuancePorts, card: OpenCard, reference: KeyReference): Promise<Answer | null> => {
  const { results, stop } = await card.session.tryRun(requestWitness(reference.algorithm))
  if (stop && stop.kind !== 'status') throw stop.error
  const encrypted = results[0]
  // A card with a key of another algorithm refuses the question already; the next candidate may fit.
  if (!encrypted) return null
  const key: AdministrationKey = await ports.keys.administrationKey(reference)
  const witness = await key.decryptBlock(encrypted)
  const challenge = ports.random(encrypted.length)
  const expected = await key.encryptBlock(challenge)
  return {
    command: {
      ...answerWitness(reference.algorithm, witness, challenge, card.facts.witnessForm),
      progress: 'authenticate',
    },
    isGenuine: answer => constantTimeEqual(answer, expected),
    reference,
  }
}

export type Authenticated<T> = {
  readonly reference: KeyReference
  /** What `andThen` answered in the same script; empty where the card had to prove itself first. */
  readonly outcome: T
}

/**
 * Mutual authentication with the administration key (SP 800-73-5 part 2 Appendix A.1), in one round trip for the
 * witness and one that carries the answer *and* the script behind it: `send(prefix)` must run `prefix` first.
 * A card that claims a secret key must prove itself in a round trip of its own before it is told what another card may
 * have: always where the key is individual, and for a manufacturer's key once `mayHaveSecrets`, when an earlier attempt
 * wrote. (With fresh secrets, a false card learns only what no card has.)
 * Refuses with CARD_FOREIGN_ADMINISTRATION_KEY if no candidate fits.
 */
export const authenticateAndSend = async <T>(
  ports: IssuancePorts,
  card: OpenCard,
  candidates: readonly KeyReference[],
  mayHaveSecrets: boolean,
  send: (
    prefix: readonly CardCommand<Uint8Array>[],
  ) => Promise<{ readonly refused: boolean; readonly answer: Uint8Array | undefined; readonly outcome: T }>,
): Promise<Authenticated<T>> => {
  for (const candidate of candidates) {
    const answer = await witnessAnswer(ports, card, candidate)
    if (!answer) continue
    const proveFirst = candidate.kind === 'individual' || (candidate.kind === 'manufacturer' && mayHaveSecrets)
    if (proveFirst) {
      const { results, stop } = await card.session.tryRun(answer.command)
      if (stop?.kind === 'status') continue
      if (stop) throw stop.error
      if (!results[0] || !answer.isGenuine(results[0]))
        throw new RefusalError(refuse('CARD_FOREIGN_ADMINISTRATION_KEY'))
      const sent = await send([])
      return { reference: candidate, outcome: sent.outcome }
    }
    const sent = await send([answer.command])
    if (sent.refused) continue
    if (sent.answer && !answer.isGenuine(sent.answer)) throw new RefusalError(refuse('CARD_FOREIGN_ADMINISTRATION_KEY'))
    return { reference: candidate, outcome: sent.outcome }
  }
  throw new RefusalError(refuse('CARD_FOREIGN_ADMINISTRATION_KEY'))
}
