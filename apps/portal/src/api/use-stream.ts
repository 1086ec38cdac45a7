import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

/** How long to wait before a lost stream is opened again; the query is read once in between. */
const pauses = [1_000, 2_000, 5_000, 10_000]

/**
 * Keeps a query up to date from a stream of server-sent events. While the stream is down the query is polled; while
 * the tab is hidden the stream is closed, because a browser allows six connections to one HTTP/1.1 host.
 * @returns whether the stream is live
 */
export const useStream = (address: string | null, queryKey: QueryKey): boolean => {
  const client = useQueryClient()
  const [live, setLive] = useState(false)
  const keyText = JSON.stringify(queryKey)

  useEffect(() => {
    if (address === null) return
    const key = JSON.parse(keyText) as QueryKey
    let source: EventSource | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    let failures = 0

    const close = () => {
      clearTimeout(timer)
      source?.close()
      source = null
      setLive(false)
    }
    const open = () => {
      close()
      source = new EventSource(address)
      source.onmessage = event => {
        failures = 0
        setLive(true)
        // An answer that is still on its way was made before this event and must not overwrite it.
        void client.cancelQueries({ queryKey: key, exact: true })
        client.setQueryData(key, JSON.parse(String(event.data)))
      }
      source.onerror = () => {
        close()
        void client.invalidateQueries({ queryKey: key })
        timer = setTimeout(open, pauses[Math.min(failures, pauses.length - 1)])
        failures += 1
      }
    }
    const onVisibility = () => {
      if (document.hidden) return close()
      void client.invalidateQueries({ queryKey: key })
      open()
    }
    if (!document.hidden) open()
    document.addEventListener('visibilitychange', onVisibility)
    return () => {
      document.removeEventListener('visibilitychange', onVisibility)
      close()
    }
  }, [address, client, keyText])

  return live
}
