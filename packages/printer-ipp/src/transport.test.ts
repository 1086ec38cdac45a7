import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { postIpp } from './transport.ts'

const ANSWER = Buffer.from('0200' + '0000' + '00000001' + '03', 'hex')

let server: Server | undefined
afterEach(() => server?.close())

/** A printer whose bytes are those of the test, from its first packet on. */
const listen = async (serve: (socket: Socket, first: Buffer) => void): Promise<{ uri: string }> => {
  const running = createServer(socket => {
    socket.on('error', () => {})
    socket.once('data', first => serve(socket, first))
  })
  server = running
  await new Promise<void>(resolve => running.listen(0, '127.0.0.1', resolve))
  const address = running.address()
  if (address === null || typeof address === 'string') throw new Error('the printer has no port')
  return { uri: `ipp://127.0.0.1:${address.port}/` }
}

test('P-7: an answer in pieces, after a word that it will come, is an answer (RFC 9112 §7.1, RFC 9110 §15.2.1)', async () => {
  const address = await listen(socket => {
    socket.write('HTTP/1.1 100 Continue\r\n\r\n')
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/ipp\r\ntransfer-encoding: chunked\r\n\r\n')
    for (const byte of ANSWER) socket.write(Buffer.concat([Buffer.from('1\r\n'), Buffer.of(byte), Buffer.from('\r\n')]))
    socket.write('0\r\n\r\n')
  })
  const reply = await postIpp(address, [Buffer.alloc(100)], { timeoutMs: 5000 })
  expect(reply).toEqual({ kind: 'ANSWER', answer: { version: 0x0200, status: 0, requestId: 1, groups: [] } })
})

test.each([401, 403, 426, 505])(
  'P-7: HTTP %i is no answer of a printer; only the server’s own failure leaves it open',
  async status => {
    const address = await listen(socket => socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`))
    const reply = await postIpp(address, [Buffer.alloc(100)], { timeoutMs: 5000 })
    expect(reply).toEqual({ kind: 'LOST', reason: `http-${status}`, sent: status >= 500 })
  },
)

test('N-5: of a letter whose answer comes before it is read the rest is not kept for the printer', async () => {
  const document = Buffer.alloc(32 * 1024 * 1024)
  const received = Promise.withResolvers<number>()
  const answered = Promise.withResolvers<void>()
  const address = await listen((socket, first) => {
    let bytes = first.length
    socket.on('data', chunk => {
      bytes += chunk.length
    })
    socket.once('close', () => received.resolve(bytes))
    socket.pause()
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${ANSWER.length}\r\n\r\n`)
    socket.write(ANSWER)
    answered.promise.then(() => socket.resume())
  })
  expect(await postIpp(address, [document], { timeoutMs: 5000 })).toMatchObject({ kind: 'ANSWER' })
  answered.resolve()
  expect(await received.promise).toBeLessThan(document.length)
})
