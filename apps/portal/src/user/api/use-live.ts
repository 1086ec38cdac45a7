import { useEffect, useRef, useState } from 'react'
import { address } from '../../api/address.ts'
import type { ClientRoute } from '../../api/route-types.ts'
import { type ApiError, asApiError } from './api-error.ts'
import { call } from './call.ts'

/** How long to wait before a lost stream is opened again; the state is read once in between. */
const pauses = [1_000, 2_000, 5_000]

type Routes<A> = {
  readonly read: ClientRoute<unknown, unknown, unknown, A>
  readonly watch: ClientRoute<unknown, unknown, unknown, A>
}

/**
 * What the server has now and each change of it, from a stream of server-sent events; read again while the stream is
 * down. `params` null = not now. `visit`: another login is another stream, because it may be told more.
 * @returns the newest value, and why there is none at the moment
 */
export const useLive = <A>({ read, watch }: Routes<A>, params: object | null, visit: string) => {
  const [value, setValue] = useState<A | null>(null)
  const [error, setError] = useState<ApiError | null>(null)
  // As text, because the parameters are a new object each time.
  const stream = params === null ? null : JSON.stringify({ params, visit })
  const routes = useRef({ read, watch })

  useEffect(() => {
    setValue(null)
    setError(null)
    if (stream === null) return
    const { params: given } = JSON.parse(stream) as { readonly params: object }
    const aborter = new AbortController()
    let source: EventSource | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let failures = 0

    const take = (next: A) => {
      if (aborter.signal.aborted) return
      setValue(next)
      setError(null)
    }
    const readOnce = async () => {
      try {
        // The type of the parameters is lost on the way through a string; the caller has given what the route takes.
        take(await call(routes.current.read, { params: given, signal: aborter.signal } as never))
      } catch (thrown) {
        if (!aborter.signal.aborted) setError(asApiError(thrown))
      }
    }
    const open = () => {
      source = new EventSource(address(routes.current.watch.path, given))
      source.onmessage = event => {
        failures = 0
        take(JSON.parse(String(event.data)) as A)
      }
      source.onerror = () => {
        source?.close()
        void readOnce()
        timer = setTimeout(open, pauses[Math.min(failures, pauses.length - 1)])
        failures += 1
      }
    }
    open()
    return () => {
      aborter.abort()
      clearTimeout(timer)
      source?.close()
    }
  }, [stream])

  return { value, error, take: setValue }
}
