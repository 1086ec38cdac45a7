import { type Answer, type Command, refuse, SW } from './apdu.ts'
import { bytes } from './bytes.ts'
import type { CardModel } from './models.ts'

/** Command chaining in, GET RESPONSE out: ISO 7816-4 §5.3.3 and §5.3.4. All of it is lost at reset. */
export type Exchange = {
  /** A whole command to run, or the answer that is due at once. */
  receive(command: Command): { readonly run: Command } | { readonly answer: Answer }
  /** Cuts an answer down to what the command asked for and keeps the rest. */
  send(command: Command, answer: Answer): Answer
}

const CHAINING = 0x10

export function createExchange(model: CardModel): Exchange {
  let chain: Command | undefined
  let rest: Uint8Array = new Uint8Array()
  let repeatable: { readonly command: Command; readonly answer: Answer } | undefined

  function getResponse(command: Command): Answer {
    if (command.p1 !== 0 || command.p2 !== 0) return refuse(SW.wrongP1P2)
    if (rest.length === 0) return refuse(SW.conditionsNotSatisfied)
    const le = command.le ?? 256
    if (model.strictLe && le !== 256 && le > rest.length) return refuse(0x6c00 + (rest.length % 256))
    return take(rest, le)
  }

  function take(data: Uint8Array, le: number): Answer {
    rest = data.slice(le)
    const sw = rest.length === 0 ? 0x9000 : 0x6100 + (rest.length > 255 ? 0 : rest.length)
    return { data: data.slice(0, le), sw }
  }

  return {
    receive(command) {
      if (command.ins === 0xc0) return { answer: getResponse(command) }
      rest = new Uint8Array()
      const held = repeatable
      repeatable = undefined
      // After 6Cxx the host repeats the command with the right Le; it must not run twice (PIN always, counters).
      if (held && sameCommand(held.command, command)) return { answer: take(held.answer.data, command.le ?? 256) }

      // A chain that is not continued by its own next block never happened (SP 800-73pt2-5 §3.2.4).
      const begun = chain && sameHeader(chain, command) ? chain : undefined
      chain = undefined
      const data = begun ? bytes(begun.data, command.data) : command.data
      if (data.length > model.commandBuffer) return { answer: refuse(SW.wrongLength) }
      const whole = { ...command, cla: command.cla & ~CHAINING, data }
      if ((command.cla & CHAINING) === 0) return { run: whole }
      chain = whole
      return { answer: { data: new Uint8Array(), sw: 0x9000 } }
    },
    send(command, answer) {
      if (answer.sw !== 0x9000 || answer.data.length === 0) return answer
      // Without Le data come anyway, as with T=1 cards in the field.
      const le = command.le ?? 256
      // Commands with data give the part that was asked for, and 61xx: OpenSC reads the first 8 bytes of objects this way.
      const fits = command.le === undefined || command.le === 256 || command.le === answer.data.length
      if (model.strictLe && command.data.length === 0 && !fits && answer.data.length < 256) {
        repeatable = { command, answer }
        return refuse(0x6c00 + answer.data.length)
      }
      return take(answer.data, le)
    },
  }
}

function sameHeader(a: Command, b: Command): boolean {
  return a.cla === (b.cla & ~CHAINING) && a.ins === b.ins && a.p1 === b.p1 && a.p2 === b.p2
}

function sameCommand(a: Command, b: Command): boolean {
  const same = a.cla === b.cla && a.ins === b.ins && a.p1 === b.p1 && a.p2 === b.p2
  return same && a.data.length === b.data.length && a.data.every((byte, i) => byte === b.data[i])
}
