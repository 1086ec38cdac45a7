import { type ApduFraming, CHAINING } from '../apdu/encode-apdu.ts'
import { attemptsRemaining, isAccepted } from '../apdu/status-words.ts'
import { hexToBytes } from '../bytes.ts'
import type { CardCommand, ResponseApdu } from '../command.ts'
import { CardDataError, CardError, CardStatusError, type StoppedAt } from '../errors.ts'
import type { ScriptProgress, ScriptRunner } from '../transport.ts'
import { acceptedBy, encodeScript } from './encode-script.ts'
import type { ScriptResult, ScriptStop } from './script.ts'

type Commands = readonly CardCommand<unknown>[]
type ResultOf<C> = C extends CardCommand<infer T> ? T : never

/** One result for each command, typed by it. */
export type RunResults<C extends Commands> = { readonly [I in keyof C]: ResultOf<C[I]> }

/** `data` = the card accepted the step, but its answer is malformed. */
export type SessionStop = {
  readonly step: number
  readonly command: string
  readonly kind: ScriptStop['kind'] | 'data'
  /** What `run` would have thrown. */
  readonly error: CardError
}

export type TryRunResult<C extends Commands> = {
  /** Decoded answers of the steps before the stop; as long as the decoded part. */
  readonly results: { readonly [I in keyof C]?: ResultOf<C[I]> }
  /** How many steps the card accepted: they have had their effect, whether or not their answer could be read. */
  readonly accepted: number
  readonly stop?: SessionStop
}

export type SessionStats = { readonly roundTrips: number; readonly apdus: number }

export type CardSession = {
  /** May be changed between runs, once a probe has told what the card takes. */
  framing: ApduFraming
  readonly stats: SessionStats
  /**
   * Sends all commands as one message and waits once. Throws CardStatusError for a status word that a command does not
   * accept, CardError CARD_REMOVED, READER_LOST, SCRIPT_REFUSED, RELAY_LOST, and CardDataError; `stoppedAt` tells where.
   */
  run<const C extends Commands>(...commands: C): Promise<RunResults<C>>
  /** As `run`, but a stop is a value, with what came before it. Throws only what the runner throws (RELAY_LOST). */
  tryRun<const C extends Commands>(...commands: C): Promise<TryRunResult<C>>
}

export type SessionOptions = {
  readonly framing?: ApduFraming
  readonly onProgress?: (event: ScriptProgress) => void
}

export function createSession(runner: ScriptRunner, options: SessionOptions = {}): CardSession {
  const stats = { roundTrips: 0, apdus: 0 }

  async function execute(commands: Commands): Promise<Outcome> {
    if (commands.length === 0) return { results: [], accepted: 0 }
    const script = encodeScript(commands, session.framing)
    stats.roundTrips++
    const result = await runner.run(script, options.onProgress)
    stats.apdus += result.apdus
    return readResult(commands, result)
  }

  const session: CardSession = {
    framing: options.framing ?? CHAINING,
    stats,
    async run<const C extends Commands>(...commands: C): Promise<RunResults<C>> {
      const { results, stop } = await execute(commands)
      if (stop) throw stop.error
      return results as unknown as RunResults<C>
    },
    async tryRun<const C extends Commands>(...commands: C): Promise<TryRunResult<C>> {
      return (await execute(commands)) as unknown as TryRunResult<C>
    },
  }
  return session
}

type Outcome = { readonly results: readonly unknown[]; readonly accepted: number; readonly stop?: SessionStop }

/** The result comes over a wire from a machine that may lie: what does not add up is CARD_DATA. */
function readResult(commands: Commands, { results: answers, stopped }: ScriptResult): Outcome {
  // Each step before the stop has an answer; the stopped one only if it is its status that stopped.
  const accepted = answers.length - (stopped?.kind === 'status' ? 1 : 0)
  const at = (step: number): StoppedAt => ({ step, command: commands[step]?.name ?? '', results: accepted })
  if (accepted !== (stopped?.step ?? commands.length) || (stopped && !commands[stopped.step])) {
    const error = new CardDataError('the far end answered what the script did not ask', { stoppedAt: at(0) })
    return { results: [], accepted: 0, stop: { step: 0, command: at(0).command, kind: 'data', error } }
  }
  const results: unknown[] = []
  for (const [step, command] of commands.slice(0, accepted).entries()) {
    try {
      const response = readAnswer(answers[step])
      if (!isAccepted(response.sw, acceptedBy(command))) throw new CardDataError('the status word is not accepted')
      results.push(command.decode(response))
    } catch (cause) {
      if (!(cause instanceof CardDataError)) throw cause
      const error = new CardDataError(`${command.name}: ${cause.message}`, { cause, stoppedAt: at(step) })
      return { results, accepted, stop: { step, command: command.name, kind: 'data', error } }
    }
  }
  const command = stopped && commands[stopped.step]
  if (!command) return { results, accepted }
  const error = stopError(command, stopped, answers[stopped.step], at(stopped.step))
  return { results, accepted, stop: { step: stopped.step, command: command.name, kind: stopped.kind, error } }
}

function readAnswer(answer: ScriptResult['results'][number] | undefined): ResponseApdu {
  const sw = hexToBytes(answer?.sw ?? '')
  if (!answer || sw.length !== 2) throw new CardDataError('the far end sent no status word')
  return { data: hexToBytes(answer.data), sw: (sw[0] ?? 0) * 256 + (sw[1] ?? 0) }
}

function stopError(
  command: CardCommand<unknown>,
  stopped: ScriptStop,
  answer: ScriptResult['results'][number] | undefined,
  stoppedAt: StoppedAt,
): CardError {
  switch (stopped.kind) {
    case 'status':
      try {
        const { sw } = readAnswer(answer)
        if (isAccepted(sw, acceptedBy(command))) throw new CardDataError('the far end stopped without cause')
        return new CardStatusError(command.name, sw, attemptsRemaining(sw), { stoppedAt })
      } catch (cause) {
        return new CardDataError(`${command.name}: the far end gave no cause for its stop`, { cause, stoppedAt })
      }
    case 'card-removed':
      return new CardError('CARD_REMOVED', `${command.name}: the card was removed`, { stoppedAt })
    case 'reader-lost':
      return new CardError('READER_LOST', `${command.name}: the reader is gone`, { stoppedAt })
    case 'refused':
      return new CardError('SCRIPT_REFUSED', `${command.name}: the workstation refused: ${stopped.reason}`, {
        stoppedAt,
      })
  }
}
