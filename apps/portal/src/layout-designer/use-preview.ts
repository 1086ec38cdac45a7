import { routes } from 'virtual:contract'
import type { CardPicture, LayoutContent } from '@cardwright/contract'
import { useMemo } from 'react'
import { call } from '../api/call.ts'
import { type SettledAnswer, useSettledAnswer } from '../api/use-settled-answer.ts'

/** The server's picture of the layout, by the renderer that prints; the last one that could be drawn. */
export const usePreview = (content: LayoutContent, userId: string | null): SettledAnswer<CardPicture> => {
  const wish = useMemo(() => ({ content: previewable(content), ...(userId ? { userId } : {}) }), [content, userId])
  return useSettledAnswer(wish, (body, signal) => call(routes.previewLayout, { body, signal }))
}

/** A layout may be looked at before it has a name. */
const previewable = (content: LayoutContent): LayoutContent =>
  content.name.trim() === '' ? { ...content, name: '-' } : content
