import type { Channel } from '@cardwright/relay'

export type ChannelFaults = {
  /** Time that each message takes, each way, in milliseconds. */
  readonly delayMs?: number
  /** The connection breaks instead of carrying the n-th message (from 1, both ways counted together). */
  readonly dropBefore?: number
  /** The connection breaks right after the n-th message was carried. */
  readonly dropAfter?: number
  /** Hears each message that was carried. */
  readonly onMessage?: (direction: 'sent' | 'received', text: string) => void
}

/** A connection with distance and with a fault at a place of one's choice. */
export const createFaultyChannel = (channel: Channel, faults: ChannelFaults): Channel => {
  let count = 0
  const carry = (direction: 'sent' | 'received', text: string, deliver: (text: string) => void) => {
    const number = ++count
    if (faults.dropBefore !== undefined && number >= faults.dropBefore) return channel.close()
    const arrive = () => {
      faults.onMessage?.(direction, text)
      deliver(text)
      if (number === faults.dropAfter) channel.close()
    }
    if (faults.delayMs) setTimeout(arrive, faults.delayMs)
    else arrive()
  }
  return {
    send: text => carry('sent', text, channel.send),
    onMessage: receive => channel.onMessage(text => carry('received', text, receive)),
    onClose: channel.onClose,
    close: channel.close,
  }
}
