import { ANY_STATUS, isAccepted } from '../apdu/status-words.ts'
import type { CardCommand } from '../command.ts'
import { CardDataError } from '../errors.ts'
import { acceptedBy } from './encode-script.ts'

/** What came of a command that may fail without ending its script. */
export type Attempt<T> =
  | { readonly ok: true; readonly value: T; readonly sw: number }
  /** `malformed`: the card accepted the command, but its answer is not what the standard says. */
  | { readonly ok: false; readonly sw: number; readonly malformed: boolean }

/** The same command, but every status word lets the script go on and a malformed answer is a value. */
export function attempt<T>(command: CardCommand<T>): CardCommand<Attempt<T>> {
  return {
    ...command,
    accept: [ANY_STATUS],
    decode: response => {
      const { sw } = response
      if (!isAccepted(sw, acceptedBy(command))) return { ok: false, sw, malformed: false }
      try {
        return { ok: true, value: command.decode(response), sw }
      } catch (error) {
        if (error instanceof CardDataError) return { ok: false, sw, malformed: true }
        throw error
      }
    },
  }
}
