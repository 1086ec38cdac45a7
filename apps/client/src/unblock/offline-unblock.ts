import {
  beginUnblock,
  type CardConnection,
  CardError,
  type CardSession,
  createLocalRunner,
  createSession,
  finishUnblock,
  type Readers,
  UnblockError,
  type UnblockState,
} from '@cardwright/card'
import type { UnblockFailure } from '@cardwright/contract'

export type UnblockProblem = {
  readonly code: UnblockFailure
  readonly detail: string
  readonly attemptsRemaining?: number
  readonly groups?: number[]
}

/**
 * An unblock without server: the card gives a challenge, a person at the help desk answers it. One at a time; the card stays
 * held from the challenge to the answer, as it forgets the challenge when it is let go.
 */
export type OfflineUnblock = {
  /** Answers the challenge as it is read out. */
  begin(readerId: string): Promise<{ challenge: string } | UnblockProblem>
  /** undefined = done. */
  finish(answer: string, newPin: string): Promise<UnblockProblem | undefined>
  cancel(): Promise<void>
}

/** The challenge stands after these: nothing was sent to the card. */
const STANDS: readonly UnblockFailure[] = ['ANSWER_MISTYPED', 'PIN_MALFORMED']

export const createOfflineUnblock = (readers: Readers): OfflineUnblock => {
  let open: { connection: CardConnection; session: CardSession; state: UnblockState } | undefined
  /** Calls one after another: the card knows one challenge at a time. */
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const turn = last.then(act, act)
    last = turn.catch(() => {})
    return turn
  }

  const letGo = async () => {
    const held = open
    open = undefined
    await held?.connection.close()
  }

  const begin = async (readerId: string): Promise<{ challenge: string } | UnblockProblem> => {
    await letGo()
    let connection: CardConnection | undefined
    try {
      connection = await readers.connect(readerId)
      const session = createSession(createLocalRunner(connection))
      const { challengeText, state } = await beginUnblock(session, connection.atr)
      open = { connection, session, state }
      return { challenge: challengeText }
    } catch (error) {
      await connection?.close()
      return describe(error)
    }
  }

  const finish = async (answer: string, newPin: string): Promise<UnblockProblem | undefined> => {
    if (!open) return { code: 'NO_CHALLENGE', detail: 'No challenge is open. Begin anew.' }
    try {
      await finishUnblock(open.session, open.state, answer, newPin)
    } catch (error) {
      const problem = describe(error)
      if (!STANDS.includes(problem.code)) await letGo()
      return problem
    }
    await letGo()
    return undefined
  }

  return {
    begin: readerId => inTurn(() => begin(readerId)),
    finish: (answer, newPin) => inTurn(() => finish(answer, newPin)),
    cancel: () => inTurn(letGo),
  }
}

/** Errors of a card hold no secrets, so their own words may be shown. */
const describe = (error: unknown): UnblockProblem => {
  const detail = error instanceof Error ? error.message.slice(0, 500) : 'unknown'
  if (error instanceof UnblockError) {
    const { code, groups, attemptsRemaining } = error
    if (code === 'CHALLENGE_MISTYPED') return { code: 'CARD_FAILED', detail }
    return {
      code,
      detail,
      ...(groups.length === 0 ? {} : { groups: [...groups] }),
      ...(attemptsRemaining === undefined ? {} : { attemptsRemaining }),
    }
  }
  if (!(error instanceof CardError)) throw error
  const { code } = error
  if (code === 'CARD_REMOVED' || code === 'CARD_IN_USE' || code === 'READER_LOST') return { code, detail }
  return { code: code === 'CARD_EXCHANGED' ? 'CARD_REMOVED' : 'CARD_FAILED', detail }
}
