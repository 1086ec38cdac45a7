import { routes } from 'virtual:contract'
import type { CardPicture, LayoutContent } from '@cardwright/contract'
import { useMemo } from 'react'
import type { ApiError } from '../api/api-error.ts'
import { call } from '../api/call.ts'
import { useSettledAnswer } from '../api/use-settled-answer.ts'

export type Preview = {
  /** The last one that could be drawn. */
  readonly picture: CardPicture | null
  readonly pending: boolean
  readonly error: ApiError | null
}

/** The server's picture of the layout, by the renderer that prints. */
export const usePreview = (content: LayoutContent, userId: string | null): Preview => {
  const wish = useMemo(() => ({ content: previewable(content), ...(userId ? { userId } : {}) }), [content, userId])
  const { answer, ...rest } = useSettledAnswer(wish, (body, signal) => call(routes.previewLayout, { body, signal }))
  return { picture: answer, ...rest }
}

/** A layout may be looked at before it has a name. */
const previewable = (content: LayoutContent): LayoutContent =>
  content.name.trim() === '' ? { ...content, name: '-' } : content
