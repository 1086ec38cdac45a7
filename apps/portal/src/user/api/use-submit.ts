import { useCallback, useRef, useState } from 'react'
import { type ApiError, asApiError } from './api-error.ts'

/**
 * One write at a time, with its error. A double click shares one call; the idempotency key stays the same until the
 * server has given an outcome, so a lost answer is asked for again and not done twice.
 */
export const useSubmit = <In>(send: (input: In, idempotencyKey: string) => Promise<unknown>) => {
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)
  const running = useRef(false)
  const key = useRef<string | null>(null)
  const latest = useRef(send)
  latest.current = send

  const submit = useCallback(async (input: In): Promise<void> => {
    if (running.current) return
    running.current = true
    key.current ??= crypto.randomUUID()
    setPending(true)
    setError(null)
    try {
      await latest.current(input, key.current)
      key.current = null
    } catch (thrown) {
      const problem = asApiError(thrown)
      if (problem.status !== 0) key.current = null
      setError(problem)
    } finally {
      running.current = false
      setPending(false)
    }
  }, [])

  return { submit, pending, error }
}
