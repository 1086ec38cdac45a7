import { connect } from 'node:net'
import { CardError } from '@cardwright/card'
import type { VirtualCard } from '../virtual-card.ts'
import { createFrameReader, encodeFrame } from './frames.ts'

/** First slot of Debian's vpcd; the second listens on the next port. */
export const VPCD_PORT = 35_963

export type VpcdOptions = {
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Default VPCD_PORT. */
  readonly port?: number
}

export type VpcdConnection = {
  /** Takes the card out of the reader. */
  close(): Promise<void>
  /** Settles when the reader or the card has gone: undefined after close(), else the cause. */
  readonly closed: Promise<Error | undefined>
}

const POWER_OFF = 0x00
const POWER_ON = 0x01
const RESET = 0x02
const GET_ATR = 0x04

/**
 * Puts a virtual card into a slot of vpcd, where pcscd shows it like any other. Resolves when vpcd took the connection,
 * rejects with READER_LOST if nothing listens there.
 */
export function connectVpcd(card: VirtualCard, options: VpcdOptions = {}): Promise<VpcdConnection> {
  const { host = '127.0.0.1', port = VPCD_PORT } = options
  const socket = connect({ host, port, noDelay: true })
  const read = createFrameReader()
  let failure: Error | undefined
  let closing = false

  async function answer(frame: Uint8Array): Promise<void> {
    if (frame.length !== 1) return send(await card.transmit(frame))
    const [control] = frame
    // vpcd polls the ATR to see whether a card is there, also without power: that changes nothing.
    if (control === GET_ATR) return send(card.atr)
    if (control === POWER_ON) card.powerOn()
    else if (control === POWER_OFF) card.powerOff()
    else if (control === RESET) card.reset()
  }

  function send(data: Uint8Array): void {
    if (!socket.destroyed) socket.write(encodeFrame(data))
  }

  let queue: Promise<void> = Promise.resolve()
  socket.on('data', chunk => {
    for (const frame of read(new Uint8Array(chunk))) {
      queue = queue
        .then(() => answer(frame))
        .catch((error: Error) => {
          // A card without power does not answer: for the reader it was pulled out.
          failure ??= error
          socket.destroy()
        })
    }
  })

  const closed = new Promise<Error | undefined>(resolve => {
    socket.on('error', error => {
      failure ??= error
    })
    socket.on('close', () => {
      card.powerOff()
      resolve(closing ? undefined : (failure ?? new CardError('READER_LOST', 'vpcd closed the connection')))
    })
  })

  return new Promise((resolve, reject) => {
    socket.once('connect', () =>
      resolve({
        closed,
        async close() {
          closing = true
          socket.end()
          socket.destroy()
          await closed
        },
      }),
    )
    closed.then(cause => reject(new CardError('READER_LOST', `no vpcd listens at ${host}:${port}`, { cause })))
  })
}
