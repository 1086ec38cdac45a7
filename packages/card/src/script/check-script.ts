import { isStatusPattern } from '../apdu/status-words.ts'
import type { Script, ScriptGap, ScriptStep } from './script.ts'

/**
 * What the far end is willing to run. A script comes from another machine; these bounds keep a wrong or hostile one
 * from holding the card for ever or filling the memory.
 */
export const SCRIPT_LIMITS = {
  steps: 512,
  apdusPerStep: 512,
  /** Bytes: header, extended Lc, 65535 bytes of data, extended Le. */
  apduLength: 4 + 3 + 65_535 + 2,
  /** Bytes of one answer, joined. */
  answerLength: 65_536,
  /**
   * Bytes of all answers together. More than any card holds, and as hex still one message of the relay: a card that makes
   * up data must not end the connection of its workstation again and again.
   */
  answersLength: 900_000,
  /** GET RESPONSE commands for one answer. */
  getResponses: 512,
} as const

/** Bytes that a `pin8` gap takes (SP 800-73-5 part 2 §2.4.3). */
export const PIN_FIELD_LENGTH = 8

/**
 * CLA, INS and P2 of the commands that a PIN goes into (SP 800-73-5 part 2 §3.2): VERIFY, CHANGE REFERENCE DATA and RESET
 * RETRY COUNTER on the application PIN. Anywhere else it could be read again: a script that writes it into an object and
 * reads that object back would bring it to whoever sent the script.
 */
const PIN_COMMAND = /^00(20|24|2C)[0-9A-F]{2}80/
/** Where the data of a short APDU begins; its two fields follow each other. */
const PIN_OFFSETS = [5, 5 + PIN_FIELD_LENGTH]

const NOT_HEX = /[^0-9A-F]/

/** The reason why a script must not be run at all, or undefined. Never repeats bytes of the script. */
export function refuseScript(script: Script): string | undefined {
  if (script.steps.length > SCRIPT_LIMITS.steps) return `the script has more than ${SCRIPT_LIMITS.steps} steps`
  for (const [index, step] of script.steps.entries()) {
    const reason = refuseStep(step)
    if (reason) return `step ${index + 1}: ${reason}`
  }
  return undefined
}

function refuseStep(step: ScriptStep): string | undefined {
  const { apdus, accept, gaps = [] } = step
  if (apdus.length === 0) return 'it has no APDU'
  if (apdus.length > SCRIPT_LIMITS.apdusPerStep) return `it has more than ${SCRIPT_LIMITS.apdusPerStep} APDUs`
  if (apdus.some(apdu => apdu.length > 2 * SCRIPT_LIMITS.apduLength)) return 'an APDU is too long'
  if (!apdus.every(isApduHex)) return 'an APDU is malformed'
  if (!accept.every(isStatusPattern)) return 'a status pattern is malformed'
  if (gaps.length > 0 && (apdus.length > 1 || !PIN_COMMAND.test(apdus[0] ?? ''))) return 'a PIN has no place in it'
  const length = (apdus.at(-1)?.length ?? 0) / 2
  return gaps.map(gap => refuseGap(gap, length)).find(reason => reason !== undefined)
}

function isApduHex(apdu: string): boolean {
  return apdu.length >= 8 && apdu.length % 2 === 0 && !NOT_HEX.test(apdu)
}

function refuseGap(gap: ScriptGap, apduLength: number): string | undefined {
  if (gap.encoding !== 'pin8') return 'the encoding of a gap is unknown'
  const inside = PIN_OFFSETS.includes(gap.offset) && gap.offset + PIN_FIELD_LENGTH <= apduLength
  return inside ? undefined : 'a gap lies outside its APDU'
}
