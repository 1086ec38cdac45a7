import { useEffect, useRef, useState } from 'react'
import { type ApiError, asApiError } from './api-error.ts'

export type SettledAnswer<Answer> = {
  /** The last one that could be had. */
  readonly answer: Answer | null
  readonly pending: boolean
  readonly error: ApiError | null
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
  const [settled, setSettled] = useState<SettledAnswer<Answer>>({ answer: null, pending: true, error: null })
  const latest = useRef(ask)
  latest.current = ask
  useEffect(() => {
    const abort = new AbortController()
    setSettled(old => (old.pending ? old : { ...old, pending: true }))
    const timer = setTimeout(async () => {
      try {
        const answer = await latest.current(wish, abort.signal)
        if (!abort.signal.aborted) setSettled({ answer, pending: false, error: null })
      } catch (error) {
        if (!abort.signal.aborted) setSettled(old => ({ ...old, pending: false, error: asApiError(error) }))
      }
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [wish, pauseMs])
  return settled
}
