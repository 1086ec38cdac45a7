import type { CardConnection, Readers } from '@cardwright/card'

/** Readers that remember which cards are held, so that the end of a page can be waited for until all are let go. */
export type HeldCards = {
  readonly readers: Readers
  /** Settles when no card is held; at once if none is. */
  released(): Promise<void>
}

export const createHeldCards = (readers: Readers): HeldCards => {
  const held = new Set<CardConnection>()
  /** Being opened: not held yet, but it will be. */
  let opening = 0
  let waiting: (() => void)[] = []
  const settle = () => {
    if (held.size + opening > 0) return
    for (const resolve of waiting) resolve()
    waiting = []
  }
  return {
    readers: {
      ...readers,
      async connect(readerId) {
        opening++
        try {
          const connection = await readers.connect(readerId)
          const own: CardConnection = {
            ...connection,
            async close() {
              try {
                await connection.close()
              } finally {
                held.delete(own)
                settle()
              }
            },
          }
          held.add(own)
          return own
        } finally {
          opening--
          settle()
        }
      },
    },
    released: () =>
      new Promise(resolve => {
        waiting.push(resolve)
        settle()
      }),
  }
}
