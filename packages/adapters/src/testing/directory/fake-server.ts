import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { BerReader, BerWriter } from 'ldapts'
import { makeCertificates } from './slapd-files.ts'

/** Application tags of RFC 4511 that are answered. */
export const BIND_REQUEST = 0x60
export const SEARCH_REQUEST = 0x63
export const EXTENDED_REQUEST = 0x77
const BIND_RESPONSE = 0x61
const SEARCH_DONE = 0x65
const EXTENDED_RESPONSE = 0x78

export type FakeRequest = { readonly id: number; readonly operation: number }

/** LDAPMessage with an LDAPResult; `cookie` = a paged results control that says there is more. */
const result =
  (tag: number) =>
  (id: number, code: number, message = '', cookie?: string): Buffer => {
    const writer = new BerWriter()
    writer.startSequence()
    writer.writeInt(id)
    writer.startSequence(tag)
    writer.writeEnumeration(code)
    writer.writeString('')
    writer.writeString(message)
    writer.endSequence()
    if (cookie !== undefined) {
      const value = new BerWriter()
      value.startSequence()
      value.writeInt(0)
      value.writeString(cookie)
      value.endSequence()
      writer.startSequence(0xa0)
      writer.startSequence()
      writer.writeString('1.2.840.113556.1.4.319')
      writer.writeBuffer(value.buffer, 0x04)
      writer.endSequence()
      writer.endSequence()
    }
    writer.endSequence()
    return writer.buffer
  }
export const bindResponse = result(BIND_RESPONSE)
export const searchDone = result(SEARCH_DONE)
export const extendedResponse = result(EXTENDED_RESPONSE)

/** SearchResultEntry with one value for each attribute. */
export const searchEntry = (id: number, dn: string, attributes: Readonly<Record<string, string>> = {}): Buffer => {
  const writer = new BerWriter()
  writer.startSequence()
  writer.writeInt(id)
  writer.startSequence(0x64)
  writer.writeString(dn)
  writer.startSequence()
  for (const [name, value] of Object.entries(attributes)) {
    writer.startSequence()
    writer.writeString(name)
    writer.startSequence(0x31)
    writer.writeString(value)
    writer.endSequence()
    writer.endSequence()
  }
  writer.endSequence()
  writer.endSequence()
  writer.endSequence()
  return writer.buffer
}

export type FakeServer = {
  readonly url: string
  readonly caCertificates: string
  /** Connections so far. */
  connections(): number
  /** Connections that are open now. */
  open(): number
  /** Everything that came in plain text. */
  received(): string
  stop(): Promise<void>
}

/**
 * A server that answers what no slapd can be made to answer. `answer` null = silence; `close` = the connection is cut.
 * With `tls` it speaks TLS from the first byte.
 */
export const startFakeServer = async (
  tls: boolean,
  answer: (request: FakeRequest) => Buffer | 'close' | null,
): Promise<FakeServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'cardwright-ldap-'))
  makeCertificates(folder, 'DNS:localhost,IP:127.0.0.1')
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  const caCertificates = read('ca.crt')
  const sockets = new Set<Socket>()
  let count = 0
  let received = ''

  const serve = (socket: Socket) => {
    count++
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', data => {
      received += data.toString('latin1')
      const reader = new BerReader(data)
      // A TLS handshake, for one.
      if (data[0] !== 0x30 || reader.readSequence() === null) return
      const said = answer({ id: reader.readInt() ?? 0, operation: reader.peek() ?? 0 })
      if (said === 'close') socket.destroy()
      else if (said) socket.write(said)
    })
  }
  const server: Server = tls
    ? createTlsServer({ key: read('server.key'), cert: read('server.crt') }, serve)
    : createServer(serve)
  rmSync(folder, { recursive: true, force: true })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    url: `${tls ? 'ldaps' : 'ldap'}://localhost:${port}`,
    caCertificates,
    connections: () => count,
    open: () => sockets.size,
    received: () => received,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
