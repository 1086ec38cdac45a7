import { useCallback, useEffect, useRef, useState } from 'react'
import { type ApiError, asApiError } from './api-error.ts'

export type SettledAnswer<Answer> = {
  /** The last one that could be had. */
  readonly answer: Answer | null
  readonly pending: boolean
  readonly error: ApiError | null
  /** Asks once more for the same. */
  readonly again: () => void
}

/**
 * The server's answer to something that is being edited. It is asked for once `wish` (the same object as long as nothing
 * changes) has stayed for a moment; the last good answer stays until the next one is there.
 */
export const useSettledAnswer = <Wish, Answer>(
  wish: Wish,
  ask: (wish: Wish, signal: AbortSignal) => Promise<Answer>,
  pauseMs = 200,
): SettledAnswer<Answer> => {
  const [settled, setSettled] = useState<Omit<SettledAnswer<Answer>, 'again'>>({
    answer: null,
    pending: true,
    error: null,
  })
  const latest = useRef(ask)
  latest.current = ask
  const now = useRef(() => {})
  const again = useCallback(() => now.current(), [])
  useEffect(() => {
    const abort = new AbortController()
    const askNow = async () => {
      try {
        const answer = await latest.current(wish, abort.signal)
        if (!abort.signal.aborted) setSettled({ answer, pending: false, error: null })
      } catch (error) {
        if (!abort.signal.aborted) setSettled(old => ({ ...old, pending: false, error: asApiError(error) }))
      }
    }
    const pending = () => setSettled(old => (old.pending ? old : { ...old, pending: true }))
    now.current = () => {
      pending()
      void askNow()
    }
    pending()
    const timer = setTimeout(askNow, pauseMs)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [wish, pauseMs])
  return { ...settled, again }
}
