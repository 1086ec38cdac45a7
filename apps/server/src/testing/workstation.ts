import type { Readers } from '@cardwright/card'
import { type Channel, type FarEnd, type FarEndOptions, runFarEnd } from '@cardwright/relay'
import { WebSocket } from 'ws'

export type TestWorkstation = {
  readonly farEnd: FarEnd
  /** Every text that crossed the WebSocket, both ways. */
  readonly wire: readonly string[]
  /** The code that the server closed with. */
  readonly closed: Promise<number>
  close(): void
}

/** What a page with extension and client is to the server: a WebSocket with readers, and maybe printers, behind it. */
export const connectWorkstation = async (
  url: string,
  door: 'operator' | 'user',
  cookie: string,
  readers: Readers,
  headers: Record<string, string> = {},
  options: FarEndOptions = {},
): Promise<TestWorkstation> => {
  const origin = new URL(url).origin
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/relay?door=${door}`, {
    headers: { cookie, origin, ...headers },
  })
  const wire: string[] = []
  const closed = new Promise<number>(resolve => socket.once('close', resolve))
  const channel: Channel = {
    send: text => {
      wire.push(text)
      socket.send(text)
    },
    onMessage: receive => {
      socket.on('message', data => {
        wire.push(String(data))
        receive(String(data))
      })
    },
    onClose: end => void closed.then(end),
    close: () => socket.close(),
  }
  const farEnd = runFarEnd(channel, readers, options)
  // The server's first question says that it has taken the workstation; a refusal closes without one.
  await new Promise<void>((resolve, reject) => {
    socket.once('message', () => resolve())
    socket.once('close', () => resolve())
    socket.once('error', reject)
  })
  return { farEnd, wire, closed, close: () => socket.close() }
}
