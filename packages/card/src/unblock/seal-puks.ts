import { asciiToBytes, constantTimeEqual } from '../bytes.ts'
import { sha256 } from '../crypto.ts'
import { MANAGEMENT_KEY_ALGORITHMS } from '../piv/algorithms.ts'
import type { ManagementKeyCipher } from '../piv/management-key.ts'
import { PUK_BITS, PUK_ORDERS, type PukOrder, type UnblockAnswer } from './answer.ts'
import type { UnblockChallenge } from './challenge.ts'
import { bigIntToBytes, bytesToBigInt } from './challenge.ts'

/**
 * `current` is the PUK that the card was last known to have, `pending` the one that it is to have. Both 8 digits, which
 * is what 27 bits hold.
 */
export type UnblockPuks = { readonly current: string; readonly pending: string; readonly order: PukOrder }

const PUK_MASK = (1n << BigInt(PUK_BITS)) - 1n

/**
 * The host's challenge in mutual authentication follows from the witness, so it need not be read out. The domain keeps
 * the card's answer to it apart from every other use of the key.
 */
export function hostChallenge(witness: Uint8Array): Uint8Array {
  return sha256(asciiToBytes('Cardwright unblock: challenge'), witness).slice(0, witness.length)
}

/**
 * The server's side. The keystream is the host's challenge encrypted with the administration key: the server computes
 * it, and the card tells it to the workstation once the witness was right. Nobody else can. The mask depends on the tag
 * over what it hides, so that two answers to one challenge do not share a mask.
 */
export async function answerUnblockChallenge(
  cipher: ManagementKeyCipher,
  challenge: UnblockChallenge,
  puks: UnblockPuks,
): Promise<UnblockAnswer> {
  const { blockLength } = MANAGEMENT_KEY_ALGORITHMS[cipher.algorithm]
  if (challenge.algorithm !== cipher.algorithm || challenge.witness.length !== blockLength) {
    throw new RangeError('the challenge is not of this key')
  }
  const witness = await cipher.decryptBlock(challenge.witness)
  const keystream = await cipher.encryptBlock(hostChallenge(witness))
  const plain = (pukToNumber(puks.current) << BigInt(PUK_BITS)) | pukToNumber(puks.pending)
  const tag = tagOf(keystream, puks.order, plain)
  return { witness, order: puks.order, masked: plain ^ maskOf(keystream, puks.order, tag), tag }
}

/** The workstation's side. undefined = the answer was altered, or is not for this card. */
export function openUnblockAnswer(answer: UnblockAnswer, keystream: Uint8Array): UnblockPuks | undefined {
  const { order, tag } = answer
  const plain = answer.masked ^ maskOf(keystream, order, tag)
  const [current, pending] = [plain >> BigInt(PUK_BITS), plain & PUK_MASK].map(numberToPuk)
  if (current === undefined || pending === undefined) return undefined
  const isGenuine = constantTimeEqual(Uint8Array.of(tagOf(keystream, order, plain)), Uint8Array.of(tag))
  return isGenuine ? { current, pending, order } : undefined
}

function pukToNumber(puk: string): bigint {
  if (!/^[0-9]{8}$/.test(puk)) throw new RangeError('an unblock from afar needs a PUK of 8 digits')
  return BigInt(puk)
}

function numberToPuk(number: bigint): string | undefined {
  return number < 100_000_000n ? number.toString().padStart(8, '0') : undefined
}

function tagOf(keystream: Uint8Array, order: PukOrder, plain: bigint): number {
  const text = asciiToBytes('Cardwright unblock: tag')
  return sha256(text, keystream, Uint8Array.of(PUK_ORDERS.indexOf(order)), bigIntToBytes(plain, 7))[0] ?? 0
}

function maskOf(keystream: Uint8Array, order: PukOrder, tag: number): bigint {
  const text = asciiToBytes('Cardwright unblock: mask')
  const hash = sha256(text, keystream, Uint8Array.of(PUK_ORDERS.indexOf(order), tag))
  return bytesToBigInt(hash.subarray(0, 8)) & ((1n << BigInt(2 * PUK_BITS)) - 1n)
}
