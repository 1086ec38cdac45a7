/**
 * Runs `work` for each call, never twice at once: calls that come meanwhile become one more run, so that the last run
 * always sees the newest state (a reader that comes with its card is one change, not two).
 */
export const oneAtATime = (work: () => Promise<void>): (() => Promise<void>) => {
  let running = false
  let again = false
  return async () => {
    if (running) {
      again = true
      return
    }
    running = true
    try {
      do {
        again = false
        await work()
      } while (again)
    } finally {
      running = false
    }
  }
}
