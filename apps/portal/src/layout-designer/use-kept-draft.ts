import type { LayoutContent } from '@cardwright/contract'
import { useCallback, useEffect, useRef, useState } from 'react'
import { draftName, type LayoutDraft, layoutDrafts } from './draft-store.ts'

const pause = 300

/**
 * Keeps what is edited in this browser, a moment after each change and at the latest when the page goes. `kept` is false
 * while the browser has no room for it. `found` is the draft that the page began with.
 */
export const useKeptDraft = (
  layout: string,
  version: number,
  content: LayoutContent,
  dirty: boolean,
  found: LayoutDraft | null,
) => {
  const name = draftName(layout, version)
  const [kept, setKept] = useState(true)
  const last = useRef(found)
  const write = useRef<(() => void) | null>(null)
  const waiting = useRef(false)
  const wasDirty = useRef(dirty)
  const dropLast = useCallback(() => layoutDrafts.drop(localStorage, name, last.current?.at ?? null), [name])
  useEffect(() => {
    write.current = !dirty
      ? null
      : () => {
          waiting.current = false
          const draft = { version, at: new Date().toISOString(), content }
          const done = layoutDrafts.keep(localStorage, name, draft)
          if (done) last.current = draft
          setKept(done)
        }
    // What was found is kept already, and as old as it is.
    waiting.current = dirty && content !== last.current?.content
    if (!dirty) {
      if (wasDirty.current) dropLast()
      setKept(true)
    }
    wasDirty.current = dirty
    const timer = setTimeout(() => waiting.current && write.current?.(), pause)
    return () => clearTimeout(timer)
  }, [name, version, content, dirty, dropLast])
  useEffect(() => {
    const now = () => {
      if (waiting.current) write.current?.()
    }
    addEventListener('pagehide', now)
    return () => {
      removeEventListener('pagehide', now)
      now()
    }
  }, [])
  return {
    kept,
    /** Before the page is read again: another tab may have dropped what was kept here. */
    keep: () => write.current?.(),
    /** What is published is no draft any more. */
    drop: () => {
      waiting.current = false
      write.current = null
      dropLast()
    },
  } as const
}
