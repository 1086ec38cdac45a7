import type { IppAddress } from './address.ts'
import { attribute, encodeRequest, type RequestAttribute } from './message/encode.ts'
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

/** Asks one address; `userName` owns the jobs there (RFC 8011 §9.3). */
export const createIppClient = (address: IppAddress, userName: string): IppClient => {
  let last = 0
  return {
    async ask({ operation, operationAttributes = [], jobAttributes = [], document, timeoutMs, abort }) {
      last = (last % 0x7fffffff) + 1
      const requestId = last
      const about = [
        attribute('uri', 'printer-uri', address.uri),
        // RFC 8011 §4.2.1.1: the target comes first; of those of an operation, `job-id` belongs to it.
        ...operationAttributes.filter(({ name }) => name === 'job-id'),
        attribute('name', 'requesting-user-name', userName),
        ...operationAttributes.filter(({ name }) => name !== 'job-id'),
      ]
      const head = encodeRequest({ operation, requestId, operationAttributes: about, jobAttributes })
      const reply = await postIpp(address, document ? [head, document] : [head], { timeoutMs, abort })
      // RFC 8011 §4.1.2: an answer has the number of its request; one with another is somebody else's.
      if (reply.kind === 'ANSWER' && reply.answer.requestId !== requestId)
        return { kind: 'LOST', reason: 'wrong-request-id', sent: true }
      return reply
    },
  }
}

/** An IPP status as it stands in the registry's table of codes. */
export const statusKeyword = (status: number): string => `ipp-0x${status.toString(16).padStart(4, '0')}`
