import { endianness } from 'node:os'

/**
 * Native messaging: a length of four bytes in the machine's own order, then that many bytes of UTF-8 JSON. Both ways, on
 * stdin and stdout.
 */
const LITTLE = endianness() === 'LE'
const HEADER = 4

export class FrameError extends Error {
  readonly code: 'TOO_LARGE' | 'MESSAGE_INVALID'
  constructor(code: FrameError['code'], message: string) {
    super(message)
    this.code = code
  }
}

export const encodeFrame = (message: unknown): Uint8Array => {
  const body = Buffer.from(JSON.stringify(message), 'utf8')
  const frame = Buffer.alloc(HEADER + body.length)
  if (LITTLE) frame.writeUInt32LE(body.length)
  else frame.writeUInt32BE(body.length)
  body.copy(frame, HEADER)
  return frame
}

/**
 * Cuts what arrives into messages, however it is split. Throws FrameError: TOO_LARGE as soon as the length is known, so
 * that nothing of such a frame is kept, MESSAGE_INVALID for what is no JSON. After that nothing can be trusted.
 */
export const createFrameReader = (limit: number): ((bytes: Uint8Array) => unknown[]) => {
  let parts: Uint8Array[] = []
  let held = 0
  /** Bytes that make the next decision possible: a header, or a header and its body. */
  let wanted = HEADER

  const take = (): Buffer => {
    const whole = Buffer.concat(parts)
    parts = [whole]
    return whole
  }

  return bytes => {
    const messages: unknown[] = []
    parts.push(bytes)
    held += bytes.length
    while (held >= wanted) {
      const whole = take()
      const length = LITTLE ? whole.readUInt32LE() : whole.readUInt32BE()
      if (length > limit)
        throw new FrameError('TOO_LARGE', `a message of ${length} bytes is above the limit of ${limit}`)
      wanted = HEADER + length
      if (held < wanted) break
      messages.push(parse(whole.subarray(HEADER, wanted)))
      parts = [whole.subarray(wanted)]
      held -= wanted
      wanted = HEADER
    }
    return messages
  }
}

const parse = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    // Without the parser's own words: they repeat what was sent, which may be a PIN.
    throw new FrameError('MESSAGE_INVALID', 'a message is no JSON')
  }
}
