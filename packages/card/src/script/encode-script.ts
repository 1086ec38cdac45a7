import { type ApduFraming, CHAINING, encodeApdus } from '../apdu/encode-apdu.ts'
import { bytesToHex } from '../bytes.ts'
import type { CardCommand } from '../command.ts'
import type { Script, ScriptGap, ScriptStep } from './script.ts'

const DEFAULT_ACCEPT = ['9000']

/** Turns commands into the script that travels: framing decided, gaps moved to their place in the last APDU. */
export function encodeScript(commands: readonly CardCommand<unknown>[], framing: ApduFraming = CHAINING): Script {
  return { steps: commands.map(command => encodeStep(command, framing)) }
}

/** The status words with which a command lets its script go on. */
export function acceptedBy(command: CardCommand<unknown>): readonly string[] {
  return command.accept ?? DEFAULT_ACCEPT
}

function encodeStep(command: CardCommand<unknown>, framing: ApduFraming): ScriptStep {
  const apdus = encodeApdus(command.apdu, framing)
  const gaps = command.gaps?.map(({ name, dataOffset, encoding }): ScriptGap => {
    const last = apdus.at(-1)
    if (apdus.length !== 1 || !last) throw new RangeError(`${command.name}: a chained command cannot have a gap`)
    const dataStart = last[4] === 0 ? 7 : 5
    return { name, offset: dataStart + dataOffset, encoding }
  })
  return {
    command: command.name,
    apdus: apdus.map(bytesToHex),
    accept: acceptedBy(command),
    ...(command.progress === undefined ? {} : { progress: command.progress }),
    ...(gaps && gaps.length > 0 ? { gaps } : {}),
    ...(command.secret ? { secret: true } : {}),
  }
}
