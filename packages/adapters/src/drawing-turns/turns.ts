/** Waits until fewer than so many are at work, in the order of asking. What a work throws, it throws to who asked for it. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>

export const createTurns = (atOnce: number): Turns => {
  const waiting: (() => void)[] = []
  let free = atOnce
  return async work => {
    if (free > 0) free--
    else await new Promise<void>(resolve => waiting.push(resolve))
    try {
      return await work()
    } finally {
      // Handed on, not given back: who asks at this moment stands behind those who wait.
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}

/** Cards and letters together: their pictures are large, and setting their texts takes the thread that answers everybody. */
export const drawingTurn = createTurns(2)
