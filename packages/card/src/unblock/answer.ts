import { MANAGEMENT_KEY_ALGORITHMS, type ManagementKeyAlgorithm } from '../piv/algorithms.ts'
import { bigIntToBytes, bytesToBigInt } from './challenge.ts'
import { readGroups, writeGroups } from './spoken-groups.ts'
import { UnblockError } from './unblock-error.ts'

/**
 * Which PUK the workstation tries first. `only-current`: the card is known to have that one, nothing else is tried. Else
 * an earlier answer or change was lost on the way, and the card has one of the two.
 */
export const PUK_ORDERS = ['only-current', 'current-first', 'pending-first'] as const
export type PukOrder = (typeof PUK_ORDERS)[number]

/** What the help desk reads out: the decrypted witness, and two masked PUKs (see seal-puks.ts). */
export type UnblockAnswer = {
  readonly witness: Uint8Array
  readonly order: PukOrder
  /** Two numbers of 27 bits, masked, in one. */
  readonly masked: bigint
  /** Eight bits over what is under the mask. */
  readonly tag: number
}

const KIND = 'A'
export const PUK_BITS = 27
const MASKED_BITS = 2n * BigInt(PUK_BITS)
const TAG_BITS = 8n

/** Seven groups for 3DES, ten for AES. */
export function writeAnswer(answer: UnblockAnswer): string {
  const { witness, order, masked, tag } = answer
  const value =
    (bytesToBigInt(witness) << (2n + MASKED_BITS + TAG_BITS)) |
    (BigInt(PUK_ORDERS.indexOf(order)) << (MASKED_BITS + TAG_BITS)) |
    (masked << TAG_BITS) |
    BigInt(tag)
  return writeGroups(KIND, value, bitsOf(witness.length))
}

/** `algorithm` is that of the challenge. Throws UnblockError ANSWER_MISTYPED. */
export function readAnswer(text: string, algorithm: ManagementKeyAlgorithm): UnblockAnswer {
  const { blockLength } = MANAGEMENT_KEY_ALGORITHMS[algorithm]
  const read = readGroups(KIND, text, bitsOf(blockLength))
  if (!read.ok) throw mistyped(read.groups)
  const { value } = read
  const order = PUK_ORDERS[Number((value >> (MASKED_BITS + TAG_BITS)) & 3n)]
  if (!order) throw mistyped([])
  return {
    witness: bigIntToBytes(value >> (2n + MASKED_BITS + TAG_BITS), blockLength),
    order,
    masked: (value >> TAG_BITS) & ((1n << MASKED_BITS) - 1n),
    tag: Number(value & ((1n << TAG_BITS) - 1n)),
  }
}

function bitsOf(blockLength: number): number {
  return 8 * blockLength + 2 + Number(MASKED_BITS + TAG_BITS)
}

function mistyped(groups: readonly number[]): UnblockError {
  return new UnblockError('ANSWER_MISTYPED', 'the answer was misread or mistyped', { groups })
}
