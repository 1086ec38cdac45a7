import { useCallback, useRef, useState } from 'react'
import { type Steady, steady } from './steady.ts'

/**
 * Keeps the places of rows while a list updates by itself (`steady`). `view` names the list: another page or filter
 * begins anew. `settle` takes the newest order, as after an act of one's own.
 */
export const useSteady = <Row>(
  latest: readonly Row[] | undefined,
  key: (row: Row) => string,
  view: string,
): (Steady<Row> & { readonly settle: () => void }) | undefined => {
  const [, redraw] = useState(0)
  const kept = useRef<{ view: string; rows: readonly Row[] } | null>(null)
  const settle = useCallback(() => {
    kept.current = null
    redraw(n => n + 1)
  }, [])
  if (latest === undefined) return undefined
  const shown = kept.current?.view === view ? kept.current.rows : latest
  const next = steady(shown, latest, key)
  kept.current = { view, rows: next.rows }
  return { ...next, settle }
}
