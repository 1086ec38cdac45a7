import { constantTimeEqual } from '../bytes.ts'
import type { CardCommand } from '../command.ts'
import { CardDataError } from '../errors.ts'
import { MANAGEMENT_KEY_ALGORITHMS, type ManagementKeyAlgorithm } from './algorithms.ts'
import { answerChallenge, answerWitness } from './commands/management-authentication.ts'

/**
 * An administration key that acts and does not show itself, so that it may live in an HSM. One block of the algorithm
 * (8 bytes for 3DES, 16 for AES), ECB.
 */
export interface ManagementKeyCipher {
  readonly algorithm: ManagementKeyAlgorithm
  encryptBlock(block: Uint8Array): Uint8Array | Promise<Uint8Array>
  decryptBlock(block: Uint8Array): Uint8Array | Promise<Uint8Array>
}

/**
 * The command that ends mutual authentication (SP 800-73-5 part 2 Appendix A.1): `encryptedWitness` came from
 * requestWitness in the script before, `challenge` is one block of fresh random bytes. Further commands may follow in
 * the same script; the card's proof is checked, in constant time, when the answer is decoded. So what goes along in
 * that script has already been sent to a card that then fails the check: let it be of worth on this card only.
 */
export async function authenticateMutually(
  cipher: ManagementKeyCipher,
  encryptedWitness: Uint8Array,
  challenge: Uint8Array,
): Promise<CardCommand<void>> {
  const witness = await block(cipher, 'decryptBlock', encryptedWitness)
  const expected = await block(cipher, 'encryptBlock', challenge)
  const command = answerWitness(cipher.algorithm, witness, challenge)
  return {
    ...command,
    decode: response => {
      if (!constantTimeEqual(command.decode(response), expected)) {
        throw new CardDataError('the card did not prove that it knows the administration key')
      }
    },
  }
}

/** The command that ends single authentication: it proves the host to the card and nothing of the card. */
export async function authenticateSingly(
  cipher: ManagementKeyCipher,
  challenge: Uint8Array,
): Promise<CardCommand<void>> {
  return answerChallenge(cipher.algorithm, await block(cipher, 'encryptBlock', challenge))
}

async function block(
  cipher: ManagementKeyCipher,
  operation: 'encryptBlock' | 'decryptBlock',
  input: Uint8Array,
): Promise<Uint8Array> {
  const { blockLength } = MANAGEMENT_KEY_ALGORITHMS[cipher.algorithm]
  if (input.length !== blockLength)
    throw new CardDataError(`a block of ${cipher.algorithm} is not ${blockLength} bytes`)
  const output = await cipher[operation](input)
  if (output.length !== blockLength) throw new RangeError(`the cipher did not answer one block of ${cipher.algorithm}`)
  return output
}
