import type { LayoutContent, LayoutElement, LayoutSide } from '@cardwright/contract'

export type Side = 'front' | 'back'
export type Order = 'front' | 'forward' | 'backward' | 'back'

/** Any properties of an element of any kind: whoever changes one knows its kind. */
export type ElementChange = Partial<Omit<LayoutElement, 'id' | 'kind'>> & Readonly<Record<string, unknown>>

export const emptySide = (): LayoutSide => ({ background: '#ffffff', backgroundPicture: null, elements: [] })

export const blankLayout = (): LayoutContent => ({
  name: '',
  description: '',
  front: emptySide(),
  back: null,
  magneticStripe: 'NONE',
  chip: 'FRONT',
})

export const sideOf = (content: LayoutContent, side: Side): LayoutSide | null => content[side]

export const elementsOf = (content: LayoutContent, side: Side): readonly LayoutElement[] =>
  sideOf(content, side)?.elements ?? []

export const elementOf = (content: LayoutContent, side: Side, id: string | null): LayoutElement | undefined =>
  elementsOf(content, side).find(element => element.id === id)

/** Which side an element is on, by its id. */
export const sideWith = (content: LayoutContent, id: string): Side | null =>
  elementOf(content, 'front', id) ? 'front' : elementOf(content, 'back', id) ? 'back' : null

export const withSide = (content: LayoutContent, side: Side, change: Partial<LayoutSide>): LayoutContent => {
  const old = sideOf(content, side)
  return old ? { ...content, [side]: { ...old, ...change } } : content
}

export const withElement = (content: LayoutContent, side: Side, id: string, change: ElementChange): LayoutContent =>
  withSide(content, side, {
    elements: elementsOf(content, side).map(element =>
      element.id === id ? ({ ...element, ...change } as LayoutElement) : element,
    ),
  })

export const withoutElement = (content: LayoutContent, side: Side, id: string): LayoutContent =>
  withSide(content, side, { elements: elementsOf(content, side).filter(element => element.id !== id) })

/** What stands later in the list is printed over what stands before it. */
export const reordered = (content: LayoutContent, side: Side, id: string, order: Order): LayoutContent => {
  const elements = [...elementsOf(content, side)]
  const from = elements.findIndex(element => element.id === id)
  if (from < 0) return content
  const last = elements.length - 1
  const to = { front: last, forward: Math.min(last, from + 1), backward: Math.max(0, from - 1), back: 0 }[order]
  if (to === from) return content
  elements.splice(to, 0, ...elements.splice(from, 1))
  return withSide(content, side, { elements })
}
