import { ANY_STATUS, attemptsRemaining } from '../apdu/status-words.ts'
import type { CardCommand } from '../command.ts'
import { CardStatusError } from '../errors.ts'
import { selectSecurityDomain } from '../globalplatform/issuer-security-domain.ts'
import { probeCommands } from '../models/probe-commands.ts'
import { type Probe, readProbe } from '../models/read-probe.ts'
import { changePuk } from '../piv/commands/change-reference-data.ts'
import { answerWitness, requestWitness, type WitnessForm } from '../piv/commands/management-authentication.ts'
import { resetRetryCounter } from '../piv/commands/reset-retry-counter.ts'
import { selectPiv } from '../piv/commands/select-piv.ts'
import { encodePin } from '../piv/pin-encoding.ts'
import { attempt } from '../script/attempt.ts'
import type { CardSession } from '../script/session.ts'
import { selectManagement } from '../yubico/management.ts'
import { readAnswer } from './answer.ts'
import { type UnblockChallenge, writeChallenge } from './challenge.ts'
import { hostChallenge, openUnblockAnswer, type UnblockPuks } from './seal-puks.ts'
import { UnblockError } from './unblock-error.ts'

/**
 * Between challenge and answer. Good only for the same connection: whatever selects an application or resets the card
 * makes the card forget its witness.
 */
export type UnblockState = UnblockChallenge & { readonly witnessForm: WitnessForm }

export type Unblocked = {
  /** false = the PIN is set, but the card kept its PUK; the server reckons with both. */
  readonly pukChanged: boolean
}

/**
 * Asks the card for a witness, for a user far away who reads it out to the help desk. Needs no key and no server. `atr`
 * is the connection's. Throws UnblockError CARD_LACKS_KEY, CardError.
 */
export async function beginUnblock(
  session: CardSession,
  atr: Uint8Array,
): Promise<{ readonly challengeText: string; readonly state: UnblockState }> {
  const { contents, capabilities } = await probe(session, atr)
  session.framing = capabilities.framing
  for (const algorithm of contents.managementKey.algorithms) {
    const [witness] = await session.run(attempt(requestWitness(algorithm)))
    if (!witness.ok) continue
    const challenge = { algorithm, witness: witness.value }
    return {
      challengeText: writeChallenge(challenge),
      state: { ...challenge, witnessForm: capabilities.witnessForm },
    }
  }
  throw new UnblockError('CARD_LACKS_KEY', 'the card does not authenticate with its administration key')
}

async function probe(session: CardSession, atr: Uint8Array): Promise<Probe> {
  const answers = await session.run(...probeCommands({ atr, slots: [], objects: [] }))
  try {
    return readProbe(answers, atr)
  } catch (cause) {
    if (!(cause instanceof CardStatusError)) throw cause
    throw new UnblockError('CARD_LACKS_KEY', 'the card has no PIV application', { cause })
  }
}

/**
 * Takes the help desk's answer: proves it to the card, sets the new PIN with the PUK that the answer hides, and changes that
 * PUK. Ends what the card granted, as far as commands can; the caller must reset the card when it closes the connection. Checks `newPin` only
 * for being a PIN: the policy's rules are the caller's. Throws UnblockError and CardError; see the codes for what was
 * sent to the card then.
 */
export async function finishUnblock(
  session: CardSession,
  state: UnblockState,
  answerText: string,
  newPin: string,
): Promise<Unblocked> {
  const answer = readAnswer(answerText, state.algorithm)
  try {
    encodePin(newPin)
  } catch (cause) {
    throw new UnblockError('PIN_MALFORMED', 'the new PIN cannot be a PIN', { cause })
  }
  const { witness } = answer
  const proof = answerWitness(state.algorithm, witness, hostChallenge(witness), state.witnessForm)
  const [proved] = await session.run(attempt({ ...proof, secret: true }))
  if (!proved.ok) throw answerRefused()
  try {
    const puks = openUnblockAnswer(answer, proved.value)
    if (!puks) throw answerRefused()
    return await setPin(session, puks, newPin)
  } finally {
    // Selecting PIV while it is selected leaves its security status (part 2 §3.1.1), so another application comes between:
    // one of these two is on most cards. A reset does it on all.
    const others = [attempt(selectSecurityDomain()), attempt(selectManagement())]
    await session.tryRun(...others, attempt(selectPiv())).catch(() => undefined)
  }
}

function answerRefused(): UnblockError {
  return new UnblockError('ANSWER_REFUSED', 'the answer is not for this card and this challenge')
}

/** One try each for the PUKs that the card may have; the second one only while that leaves a try for a person. */
async function setPin(session: CardSession, puks: UnblockPuks, newPin: string): Promise<Unblocked> {
  const { current, pending, order } = puks
  const guesses =
    order === 'only-current' ? [current] : order === 'current-first' ? [current, pending] : [pending, current]
  for (const [i, guess] of guesses.entries()) {
    const { results, stop } = await session.tryRun(tolerant(resetRetryCounter(guess, newPin)))
    if (stop) throw stop.error
    const [sw = 0] = results
    if (sw === 0x9000) return { pukChanged: guess === pending || (await replacePuk(session, guess, pending)) }
    const left = attemptsRemaining(sw)
    const isWrongPuk = left !== undefined || sw === 0x6300
    if (!isWrongPuk) throw new UnblockError('PIN_REFUSED', new CardStatusError('piv.reset-retry-counter', sw).message)
    if (left === 0) throw new UnblockError('PUK_BLOCKED', 'the PUK of the card is blocked')
    const mayGoOn = i + 1 < guesses.length && left !== undefined && left > 1
    if (mayGoOn) continue
    const tries = left === undefined ? {} : { attemptsRemaining: left }
    throw new UnblockError('PUK_REFUSED', 'the card has another PUK than the server knows', tries)
  }
  throw new RangeError('there is no PUK to try')
}

/** A card that refuses a change of its PUK has its new PIN all the same. */
async function replacePuk(session: CardSession, from: string, to: string): Promise<boolean> {
  const [sw] = await session.run(tolerant(changePuk(from, to)))
  return sw === 0x9000
}

function tolerant(command: CardCommand<void>): CardCommand<number> {
  return { ...command, accept: [ANY_STATUS], decode: ({ sw }) => sw }
}
