import { useCallback, useRef, useState } from 'react'
import { type ApiError, asApiError, isOutcome } from './api-error.ts'

/**
 * One write at a time, with its error. Not a query-cache mutation, because that would keep what was sent (a PIN, a
 * password) in memory. A double click shares one call; the idempotency key stays the same until the server has given
 * an outcome, so a lost answer is asked for again and not done twice.
 */
export const useSubmit = <In, Out>(send: (input: In, idempotencyKey: string) => Promise<Out>) => {
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)
  const running = useRef(false)
  const key = useRef<string | null>(null)
  const latest = useRef(send)
  latest.current = send

  const submit = useCallback(async (input: In): Promise<Out | undefined> => {
    if (running.current) return undefined
    running.current = true
    key.current ??= crypto.randomUUID()
    setPending(true)
    setError(null)
    try {
      const out = await latest.current(input, key.current)
      key.current = null
      return out
    } catch (thrown) {
      const problem = asApiError(thrown)
      if (isOutcome(problem)) key.current = null
      setError(problem)
      return undefined
    } finally {
      running.current = false
      setPending(false)
    }
  }, [])

  const clear = useCallback(() => setError(null), [])
  return { submit, pending, error, clear }
}
