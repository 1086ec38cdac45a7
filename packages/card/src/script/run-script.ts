import { getResponseCla } from '../apdu/cla.ts'
import { decodeApdu, decodeResponse } from '../apdu/decode-apdu.ts'
import { encodeExtendedApdu, encodeShortApdu } from '../apdu/encode-apdu.ts'
import { isAccepted, statusHex } from '../apdu/status-words.ts'
import { bytesToHex, concatBytes, hexToBytes } from '../bytes.ts'
import type { ResponseApdu } from '../command.ts'
import { CardDataError, CardError } from '../errors.ts'
import type { ApduTransport, ScriptProgress, ScriptRunner } from '../transport.ts'
import { refuseScript, SCRIPT_LIMITS } from './check-script.ts'
import { fillGaps, type GapValues, refuseGapValues } from './fill-gaps.ts'
import type { Script, ScriptResult, ScriptStep, ScriptStepResult, ScriptStop } from './script.ts'

const SUCCESS = 0x9000
const INS_GET_RESPONSE = 0xc0

/** A runner next to the card: what the workstation, a local reader and a virtual reader share. */
export function createLocalRunner(transport: ApduTransport, gapValues: GapValues = {}): ScriptRunner {
  return { run: (script, onProgress) => runScript(transport, script, onProgress, gapValues) }
}

/**
 * The far end of a script: runs the steps in order, follows 61xx and 6Cxx, and stops at the first status word that
 * its step does not accept. Never throws for what card, reader or script do wrong; that is in `stopped`.
 * Anything else that the transport throws is a defect of the transport and passes through. `isCancelled` is asked before
 * each step: a command that has begun is always ended, chained blocks and all.
 */
export async function runScript(
  transport: ApduTransport,
  script: Script,
  onProgress?: (event: ScriptProgress) => void,
  gapValues: GapValues = {},
  isCancelled: () => boolean = () => false,
): Promise<ScriptResult> {
  const results: ScriptStepResult[] = []
  let apdus = 0
  let answered = 0
  const exchange = async (apdu: Uint8Array): Promise<ResponseApdu> => {
    apdus++
    return decodeResponse(await transport.transmit(apdu))
  }
  const stop = (step: number, cause: ScriptStop): ScriptResult => ({ results, stopped: { step, ...cause }, apdus })

  const reason = refuseScript(script) ?? refuseGapValues(script, gapValues)
  if (reason) return stop(0, { kind: 'refused', reason })

  for (const [index, step] of script.steps.entries()) {
    if (isCancelled()) return stop(index, { kind: 'refused', reason: 'nobody waits for the rest any more' })
    onProgress?.({
      step: index,
      steps: script.steps.length,
      ...(step.progress === undefined ? {} : { progress: step.progress }),
    })
    let answer: ResponseApdu
    try {
      answer = await runStep(exchange, step, gapValues)
    } catch (error) {
      return stop(index, stopCause(error))
    }
    answered += answer.data.length
    if (answered > SCRIPT_LIMITS.answersLength)
      return stop(index, { kind: 'refused', reason: 'the answers of the card are too long together' })
    results.push({ data: bytesToHex(answer.data), sw: statusHex(answer.sw) })
    if (!isAccepted(answer.sw, step.accept)) return stop(index, { kind: 'status' })
  }
  return { results, apdus }
}

type Exchange = (apdu: Uint8Array) => Promise<ResponseApdu>

async function runStep(exchange: Exchange, step: ScriptStep, gapValues: GapValues): Promise<ResponseApdu> {
  const apdus = step.apdus.map(hexToBytes)
  for (const block of apdus.slice(0, -1)) {
    const answer = await exchange(block)
    if (answer.sw !== SUCCESS) return answer
  }
  const last = fillGaps(apdus.at(-1) ?? new Uint8Array(0), step.gaps ?? [], gapValues)
  return collectAnswer(exchange, last[0] ?? 0, await exchangeWithLe(exchange, last))
}

/** 6Cxx tells the right Le: ask once more with it (ISO 7816-4 §5.1.3). A second 6Cxx is an answer like any other. */
async function exchangeWithLe(exchange: Exchange, apdu: Uint8Array): Promise<ResponseApdu> {
  const answer = await exchange(apdu)
  if (answer.sw >> 8 !== 0x6c) return answer
  const { extended, ...command } = decodeApdu(apdu)
  const le = answer.sw & 0xff
  // 6C00 means 256, which an extended Le of 0 would turn into 65536.
  return exchange(extended ? encodeExtendedApdu({ ...command, le: le || 256 }) : encodeShortApdu({ ...command, le }))
}

/** 61xx: more waits, fetched by GET RESPONSE (ISO 7816-4 §5.3.4) until it ends or a limit is reached. */
async function collectAnswer(exchange: Exchange, cla: number, first: ResponseApdu): Promise<ResponseApdu> {
  const parts = [first.data]
  let length = first.data.length
  let sw = first.sw
  for (let round = 0; sw >> 8 === 0x61; round++) {
    if (round === SCRIPT_LIMITS.getResponses) throw new CardDataError('the answer comes in too many parts')
    const le = sw & 0xff
    const get = { cla: getResponseCla(cla), ins: INS_GET_RESPONSE, p1: 0, p2: 0, le }
    const answer = await exchangeWithLe(exchange, encodeShortApdu(get))
    parts.push(answer.data)
    length += answer.data.length
    sw = answer.sw
    if (length > SCRIPT_LIMITS.answerLength) throw new CardDataError('the answer is longer than 64 KiB')
  }
  return { data: concatBytes(...parts), sw }
}

function stopCause(error: unknown): ScriptStop {
  if (error instanceof CardError) {
    if (error.code === 'CARD_REMOVED' || error.code === 'CARD_EXCHANGED') return { kind: 'card-removed' }
    if (error.code === 'READER_LOST') return { kind: 'reader-lost' }
    return { kind: 'refused', reason: error.message }
  }
  throw error
}
