import type { LayoutContent } from '@cardwright/contract'
import { useEffect, useRef, useState } from 'react'
import { dropDraft, keepDraft } from './draft-store.ts'

const pause = 300

/**
 * Keeps what is edited in this browser, a moment after each change and at the latest when the page goes. `kept` is false
 * while the browser has no room for it.
 */
export const useKeptDraft = (layout: string, version: number, content: LayoutContent, dirty: boolean) => {
  const [kept, setKept] = useState(true)
  const waiting = useRef<(() => void) | null>(null)
  const wasDirty = useRef(dirty)
  useEffect(() => {
    if (dirty) {
      waiting.current = () => {
        waiting.current = null
        setKept(keepDraft(localStorage, layout, { version, at: new Date().toISOString(), content }))
      }
    } else {
      waiting.current = null
      if (wasDirty.current) dropDraft(localStorage, layout, version)
      setKept(true)
    }
    wasDirty.current = dirty
    const timer = setTimeout(() => waiting.current?.(), pause)
    return () => clearTimeout(timer)
  }, [layout, version, content, dirty])
  useEffect(() => {
    const now = () => waiting.current?.()
    addEventListener('pagehide', now)
    return () => {
      removeEventListener('pagehide', now)
      now()
    }
  }, [])
  /** What is published, or discarded, is no draft any more. */
  const drop = () => {
    waiting.current = null
    dropDraft(localStorage, layout, version)
  }
  return { kept, drop } as const
}
