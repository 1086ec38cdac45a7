import type { Socket } from 'node:net'
import { BerReader } from 'ldapts'

/** ExtendedRequest 1.3.6.1.4.1.1466.20037, message 1 (RFC 4511 §4.14.1). */
const REQUEST = Buffer.concat([
  Buffer.from([0x30, 0x1d, 0x02, 0x01, 0x01, 0x77, 0x18, 0x80, 0x16]),
  Buffer.from('1.3.6.1.4.1.1466.20037', 'ascii'),
])
const EXTENDED_RESPONSE = 0x78
/** Longer than any honest answer: result code, empty DN, a sentence. */
const LONGEST_ANSWER = 4096

/** Length of the BER element that `data` begins with, or null while its header is incomplete. */
const elementLength = (data: Buffer): number | null => {
  if (data.length > 0 && data[0] !== 0x30) throw new Error('the answer to StartTLS is not LDAP')
  const first = data[1]
  if (first === undefined) return null
  if (first < 0x80) return 2 + first
  const octets = first & 0x7f
  if (octets === 0 || octets > 3) throw new Error('the answer to StartTLS is not LDAP')
  if (data.length < 2 + octets) return null
  return 2 + octets + data.readUIntBE(2, octets)
}

const resultCode = (answer: Buffer): number => {
  const reader = new BerReader(answer)
  if (reader.readSequence(0x30) === null || reader.readInt() !== 1 || reader.readSequence(EXTENDED_RESPONSE) === null)
    throw new Error('the answer to StartTLS is not LDAP')
  return reader.readEnumeration() ?? -1
}

/**
 * Asks for TLS on a fresh connection and answers the result code. The library's own StartTLS is not used: it keeps what
 * came after the answer in the same segment, so that an answer to a later bind could be put there in plain text by
 * somebody on the way, and it connects anew without TLS when the connection breaks before the bind.
 */
export const askForTls = (socket: Socket): Promise<number> =>
  new Promise((resolve, reject) => {
    let received = Buffer.alloc(0)
    const settle = (act: () => void) => {
      socket.off('data', read).off('error', fail).off('close', closed)
      act()
    }
    const fail = (error: Error) => settle(() => reject(error))
    const closed = () => fail(Object.assign(new Error('closed instead of an answer'), { code: 'ECONNRESET' }))
    const read = (data: Buffer) => {
      received = Buffer.concat([received, data])
      try {
        const length = elementLength(received)
        if (received.length > LONGEST_ANSWER || (length !== null && received.length > length))
          throw new Error('more than an answer came before TLS began')
        if (length === null || received.length < length) return
        const code = resultCode(received)
        socket.pause()
        settle(() => resolve(code))
      } catch (error) {
        fail(error instanceof Error ? error : new Error('the answer to StartTLS is not LDAP'))
      }
    }
    socket.on('data', read).on('error', fail).on('close', closed)
    socket.write(REQUEST)
  })
