import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { type HttpTarget, httpTarget, type IppAddress } from './address.ts'
import { decodeAnswer } from './message/decode.ts'
import type { IppAnswer } from './message/message.ts'

/**
 * LOST: no IPP answer came. `sent` false = the printer has nothing of the request for certain; true = it may have acted on
 * it. `reason` is the code of the system, of TLS or of HTTP, for support.
 */
export type IppReply =
  | { readonly kind: 'ANSWER'; readonly answer: IppAnswer }
  | { readonly kind: 'LOST'; readonly reason: string; readonly sent: boolean }

type PostOptions = {
  /** From the first packet to the last byte of the answer. */
  readonly timeoutMs: number
  readonly abort?: AbortSignal
}

/** Answers about printers are some kilobytes; those about a hundred queues fit too. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024

const reasonOf = (error: unknown): string => {
  const { code, name, cause } = error as { code?: string; name?: string; cause?: { name?: string } }
  if (name === 'TimeoutError' || cause?.name === 'TimeoutError') return 'ETIMEDOUT'
  return code ?? name ?? 'error'
}

const readBody = async (response: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > MAX_ANSWER_BYTES) throw Object.assign(new Error('the answer is too long'), { code: 'answer-too-long' })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const open = (address: IppAddress, { tls, host, port, path }: HttpTarget, length: number, signal: AbortSignal) => {
  const headers = { 'content-type': 'application/ipp', 'content-length': length }
  // A connection of its own for each request: one that the printer has closed meanwhile would look like a lost answer.
  const options = { method: 'POST', path, headers, agent: false, signal } as const
  if (address.socketPath) return httpRequest({ ...options, socketPath: address.socketPath })
  const ca = address.caCertificates || undefined
  return tls ? httpsRequest({ ...options, host, port, ca }) : httpRequest({ ...options, host, port })
}

/** What is read of the response to a request that is sent now. */
const exchange = async <Read>(
  request: ClientRequest,
  parts: readonly Uint8Array[],
  read: (response: IncomingMessage) => Promise<Read>,
): Promise<Read> => {
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request.once('response', resolve)
      request.on('error', reject)
      for (const part of parts) request.write(part)
      request.end()
    })
    return await read(response)
  } finally {
    // For a printer that answers before it has read everything, the rest of the document would wait here.
    request.destroy()
  }
}

/** IPP over HTTP (RFC 8010 §4): one POST, sent once. Never throws. */
export const postIpp = async (
  address: IppAddress,
  parts: readonly Uint8Array[],
  { timeoutMs, abort }: PostOptions,
): Promise<IppReply> => {
  const target = httpTarget(address.uri)
  if (!target) return { kind: 'LOST', reason: 'no-printer-uri', sent: false }
  const timeout = AbortSignal.timeout(timeoutMs)
  let sent = false
  try {
    const length = parts.reduce((sum, part) => sum + part.length, 0)
    const request = open(address, target, length, abort ? AbortSignal.any([abort, timeout]) : timeout)
    // With TLS nothing of the request leaves before the printer's certificate is checked.
    request.once('socket', socket => {
      const secured = target.tls && !address.socketPath
      socket.once(secured ? 'secureConnect' : 'connect', () => {
        sent = true
      })
    })
    return await exchange(request, parts, async response => {
      const status = response.statusCode ?? 0
      if (status === 200) return { kind: 'ANSWER', answer: decodeAnswer(await readBody(response)) }
      // RFC 9110 §15.5: with 4xx the request was not carried out, but for 408, which may come in the middle of a document.
      const refused = status >= 400 && status < 500 && status !== 408
      return { kind: 'LOST', reason: `http-${status}`, sent: !refused }
    })
  } catch (error) {
    return { kind: 'LOST', reason: reasonOf(error), sent }
  }
}
