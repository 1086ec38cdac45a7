import { routes } from 'virtual:contract'
import type { CardPicture, LayoutContent } from '@cardwright/contract'
import { useEffect, useState } from 'react'
import { type ApiError, asApiError } from '../api/api-error.ts'
import { call } from '../api/call.ts'

export type Preview = {
  /** The last one that could be drawn. */
  readonly picture: CardPicture | null
  readonly pending: boolean
  readonly error: ApiError | null
}

const pause = 200

/**
 * The server's picture of the layout, by the renderer that prints. It is asked for once nothing has changed for a moment;
 * the last good picture stays until the next one is there.
 */
export const usePreview = (content: LayoutContent, userId: string | null): Preview => {
  const [preview, setPreview] = useState<Preview>({ picture: null, pending: true, error: null })
  useEffect(() => {
    const abort = new AbortController()
    setPreview(old => (old.pending ? old : { ...old, pending: true }))
    const timer = setTimeout(async () => {
      try {
        const body = { content: previewable(content), ...(userId ? { userId } : {}) }
        const picture = await call(routes.previewLayout, { body, signal: abort.signal })
        if (!abort.signal.aborted) setPreview({ picture, pending: false, error: null })
      } catch (error) {
        if (!abort.signal.aborted) setPreview(old => ({ ...old, pending: false, error: asApiError(error) }))
      }
    }, pause)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [content, userId])
  return preview
}

/** A layout may be looked at before it has a name. */
const previewable = (content: LayoutContent): LayoutContent =>
  content.name.trim() === '' ? { ...content, name: '-' } : content
