/**
 * One end of a connection that carries texts in order, both ways: a WebSocket, or the in-process pair below. What is
 * sent after it closed is dropped; `onClose` tells once.
 */
export interface Channel {
  send(text: string): void
  onMessage(receive: (text: string) => void): void
  onClose(closed: () => void): void
  close(): void
}

/**
 * Two ends in one process. Only text crosses, each in a turn of its own, so nothing works here that would not work over a
 * wire: no shared object, no answer before the question has been sent.
 */
export const createChannelPair = (): readonly [Channel, Channel] => {
  let open = true
  const closers: (() => void)[] = []
  const close = () => {
    if (!open) return
    open = false
    for (const closed of closers) closed()
  }
  const receivers: [((text: string) => void) | undefined, ((text: string) => void) | undefined] = [undefined, undefined]
  const end = (own: 0 | 1): Channel => ({
    send: text => {
      setImmediate(() => {
        if (open) receivers[own === 0 ? 1 : 0]?.(text)
      })
    },
    onMessage: receive => {
      receivers[own] = receive
    },
    onClose: closed => {
      if (open) closers.push(closed)
      else closed()
    },
    close,
  })
  return [end(0), end(1)]
}
