import type { LayoutElement } from '@cardwright/contract'
import { t } from '../texts/t.ts'
import type { Side } from './content.ts'
import { kindOf } from './new-element.ts'

export const sideName = (side: Side): string => t(side === 'front' ? 'designer.front' : 'designer.back')

/** What the server calls the sides. */
export const sideOfProblem = { FRONT: 'front', BACK: 'back' } as const

/** What an element is called in lists: its kind, and what stands in it. */
export const elementName = (element: LayoutElement): string => {
  const kind = t(`designer.kind.${kindOf(element)}`)
  if (!('content' in element)) return kind
  const content = element.content.length > 40 ? `${element.content.slice(0, 39)}…` : element.content
  return t('designer.kindWithText', { kind, content })
}
