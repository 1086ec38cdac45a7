import type { IppAddress } from './address.ts'
import { attribute, encodeRequest, type RequestAttribute } from './message/encode.ts'
import { type IppAnswer, STATUS } from './message/message.ts'
import { type IppReply, postIpp } from './transport.ts'

export type IppQuestion = {
  /** One of `OPERATION`. */
  readonly operation: number
  /** Behind charset, language, `printer-uri` and `requesting-user-name`. */
  readonly operationAttributes?: readonly RequestAttribute[]
  readonly jobAttributes?: readonly RequestAttribute[]
  readonly document?: Uint8Array
  readonly timeoutMs: number
  readonly abort?: AbortSignal
}

export type IppClient = { ask(question: IppQuestion): Promise<IppReply> }

/** `version-number` (RFC 8010 §3.4.1): the one of IPP Everywhere, and the one that every printer has. */
const [IPP_2_0, IPP_1_1] = [0x0200, 0x0101]

/**
 * RFC 8011 §4.1.2: an answer has the number of its request; one with another is somebody else's. Printers that do not know the
 * version may read nothing behind it, and answer with 0.
 */
const isAnswerTo = (asked: number, { requestId, status }: IppAnswer): boolean =>
  requestId === asked || (requestId === 0 && status === STATUS.versionNotSupported)

/** Asks one address; `userName` owns the jobs there (RFC 8011 §9.3). */
export const createIppClient = (address: IppAddress, userName: string): IppClient => {
  let last = 0
  /** The newest version that the printer may have. */
  let known = IPP_2_0

  const send = async (question: IppQuestion, version: number): Promise<IppReply> => {
    const { operation, operationAttributes = [], jobAttributes = [], document, timeoutMs, abort } = question
    last = (last % 0x7fffffff) + 1
    const requestId = last
    const about = [
      attribute('uri', 'printer-uri', address.uri),
      // RFC 8011 §4.2.1.1: the target comes first; of those of an operation, `job-id` belongs to it.
      ...operationAttributes.filter(({ name }) => name === 'job-id'),
      attribute('name', 'requesting-user-name', userName),
      ...operationAttributes.filter(({ name }) => name !== 'job-id'),
    ]
    const head = encodeRequest({ version, operation, requestId, operationAttributes: about, jobAttributes })
    const reply = await postIpp(address, document ? [head, document] : [head], { timeoutMs, abort })
    if (reply.kind === 'ANSWER' && !isAnswerTo(requestId, reply.answer))
      return { kind: 'LOST', reason: 'wrong-request-id', sent: true }
    return reply
  }

  return {
    async ask(question) {
      const asked = known
      const reply = await send(question, asked)
      const isTooNew = reply.kind === 'ANSWER' && reply.answer.status === STATUS.versionNotSupported
      if (!isTooNew || asked !== IPP_2_0) return reply
      // RFC 8011 §4.1.8, B.1.5.4: nothing was carried out, and the answer is of the version that the printer has.
      known = Math.min(reply.answer.version, IPP_1_1)
      return send(question, known)
    },
  }
}

/** An IPP status as it stands in the registry's table of codes. */
export const statusKeyword = (status: number): string => `ipp-0x${status.toString(16).padStart(4, '0')}`
