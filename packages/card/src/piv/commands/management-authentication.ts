import type { CardCommand } from '../../command.ts'
import { MANAGEMENT_KEY_ALGORITHMS, type ManagementKeyAlgorithm } from '../algorithms.ts'
import { MANAGEMENT_KEY } from '../references.ts'
import { CHALLENGE, generalAuthenticate, RESPONSE, readTemplate, WITNESS } from './general-authenticate.ts'

const NOTHING = new Uint8Array(0)

/** First step of single authentication: the card's challenge, one block (SP 800-73-5 part 2 Appendix A.1). */
export function requestChallenge(algorithm: ManagementKeyAlgorithm): CardCommand<Uint8Array> {
  const { id, blockLength } = MANAGEMENT_KEY_ALGORITHMS[algorithm]
  return generalAuthenticate({
    name: 'piv.request-challenge',
    algorithmId: id,
    reference: MANAGEMENT_KEY,
    objects: [[CHALLENGE, NOTHING]],
    decode: data => readTemplate(data, CHALLENGE, blockLength),
  })
}

/** Second step: the encrypted challenge. 9000 = the host is trusted; the card has proven nothing. */
export function answerChallenge(algorithm: ManagementKeyAlgorithm, response: Uint8Array): CardCommand<void> {
  return generalAuthenticate({
    name: 'piv.answer-challenge',
    algorithmId: MANAGEMENT_KEY_ALGORITHMS[algorithm].id,
    reference: MANAGEMENT_KEY,
    objects: [[RESPONSE, response]],
    decode: () => undefined,
  })
}

/** First step of mutual authentication: the encrypted witness, one block (Appendix A.1). */
export function requestWitness(algorithm: ManagementKeyAlgorithm): CardCommand<Uint8Array> {
  const { id, blockLength } = MANAGEMENT_KEY_ALGORITHMS[algorithm]
  return generalAuthenticate({
    name: 'piv.request-witness',
    algorithmId: id,
    reference: MANAGEMENT_KEY,
    objects: [[WITNESS, NOTHING]],
    decode: data => readTemplate(data, WITNESS, blockLength),
  })
}

/** Nitrokey 3 refuses the empty response object with 6A80, the standard's examples and thus plain cards ask for it. */
export type WitnessForm = 'standard' | 'without-response'

/**
 * Second step: the decrypted witness proves the host, the card answers the host's challenge encrypted; the host must
 * compare that in constant time. 6982 or, on some cards, 6A80 = wrong key.
 */
export function answerWitness(
  algorithm: ManagementKeyAlgorithm,
  witness: Uint8Array,
  challenge: Uint8Array,
  form: WitnessForm = 'standard',
): CardCommand<Uint8Array> {
  const { id, blockLength } = MANAGEMENT_KEY_ALGORITHMS[algorithm]
  return generalAuthenticate({
    name: 'piv.answer-witness',
    algorithmId: id,
    reference: MANAGEMENT_KEY,
    objects: [
      [WITNESS, witness],
      [CHALLENGE, challenge],
      ...(form === 'standard' ? ([[RESPONSE, NOTHING]] as const) : []),
    ],
    decode: data => readTemplate(data, RESPONSE, blockLength),
  })
}
