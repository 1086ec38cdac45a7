import { type Channel, type Chunk, createChunkJoiner, toChunks } from '@cardwright/relay'

/** The relay inside the connection of a page: its texts travel in parts. */
export type PageRelay = {
  readonly channel: Channel
  /** Throws ChunkError. */
  receive(chunk: Chunk): void
  /** The page went, or has another connection to the server now. */
  end(): void
}

/** `broken`: the far end found a message that breaks the contract, and ended the relay. */
export const createPageRelay = (send: (chunk: Chunk) => void, broken: () => void): PageRelay => {
  const join = createChunkJoiner()
  const closers: (() => void)[] = []
  let receiver: ((text: string) => void) | undefined
  let open = true
  let sent = 0
  const end = () => {
    if (!open) return
    open = false
    for (const closed of closers) closed()
  }
  return {
    channel: {
      send: text => {
        if (!open) return
        for (const chunk of toChunks(sent++, text)) send(chunk)
      },
      onMessage: receive => {
        receiver = receive
      },
      onClose: closed => {
        if (open) closers.push(closed)
        else closed()
      },
      close: () => {
        const wasOpen = open
        end()
        if (wasOpen) broken()
      },
    },
    receive: chunk => {
      const text = join(chunk)
      if (open && text !== undefined) receiver?.(text)
    },
    end,
  }
}
