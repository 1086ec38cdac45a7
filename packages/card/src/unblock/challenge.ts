import { MANAGEMENT_KEY_ALGORITHMS, type ManagementKeyAlgorithm } from '../piv/algorithms.ts'
import { countGroups, groupCount, readGroups, writeGroups } from './spoken-groups.ts'
import { UnblockError } from './unblock-error.ts'

/** What a user far away reads out: the card's encrypted witness (SP 800-73-5 part 2 Appendix A.1), one block. */
export type UnblockChallenge = { readonly algorithm: ManagementKeyAlgorithm; readonly witness: Uint8Array }

const KIND = 'C'
/** Two bits in front of the witness; the order is part of the format. */
const ALGORITHMS: readonly ManagementKeyAlgorithm[] = ['3DES', 'AES-128', 'AES-192', 'AES-256']

/** Four groups for 3DES, seven for AES. */
export function writeChallenge({ algorithm, witness }: UnblockChallenge): string {
  const bits = bitsOf(algorithm)
  if (witness.length !== MANAGEMENT_KEY_ALGORITHMS[algorithm].blockLength) {
    throw new RangeError('a challenge holds one block')
  }
  const value = (BigInt(ALGORITHMS.indexOf(algorithm)) << BigInt(bits - 2)) | bytesToBigInt(witness)
  return writeGroups(KIND, value, bits)
}

/** Throws UnblockError CHALLENGE_MISTYPED. */
export function readChallenge(text: string): UnblockChallenge {
  const bits = countGroups(text) <= groupCount(bitsOf('3DES')) ? bitsOf('3DES') : bitsOf('AES-128')
  const read = readGroups(KIND, text, bits)
  if (!read.ok) throw mistyped(read.groups)
  const algorithm = ALGORITHMS[Number(read.value >> BigInt(bits - 2))]
  if (!algorithm || bitsOf(algorithm) !== bits) throw mistyped([])
  const { blockLength } = MANAGEMENT_KEY_ALGORITHMS[algorithm]
  return { algorithm, witness: bigIntToBytes(read.value & ((1n << BigInt(bits - 2)) - 1n), blockLength) }
}

function bitsOf(algorithm: ManagementKeyAlgorithm): number {
  return 2 + 8 * MANAGEMENT_KEY_ALGORITHMS[algorithm].blockLength
}

function mistyped(groups: readonly number[]): UnblockError {
  return new UnblockError('CHALLENGE_MISTYPED', 'the challenge was misread or mistyped', { groups })
}

/** Unsigned, big-endian. */
export function bytesToBigInt(bytes: Uint8Array): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n)
}

export function bigIntToBytes(value: bigint, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => Number((value >> BigInt(8 * (length - 1 - i))) & 255n))
}
