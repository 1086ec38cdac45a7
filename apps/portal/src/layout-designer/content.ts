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

/** The same object where the change changes nothing: it is no step to undo. */
const merged = <T extends object>(old: T, change: Readonly<Record<string, unknown>>): T =>
  Object.entries(change).every(([name, value]) => Object.is(Reflect.get(old, name), value))
    ? old
    : { ...old, ...change }

export const withCard = (content: LayoutContent, change: Partial<LayoutContent>): LayoutContent =>
  merged(content, change)

export const withSide = (content: LayoutContent, side: Side, change: Partial<LayoutSide>): LayoutContent => {
  const old = sideOf(content, side)
  return old ? withCard(content, { [side]: merged(old, change) }) : content
}

export const withElement = (content: LayoutContent, side: Side, id: string, change: ElementChange): LayoutContent => {
  const old = elementOf(content, side, id)
  const now = old && merged(old, change)
  if (now === old) return content
  return withSide(content, side, {
    elements: elementsOf(content, side).map(element => (element === old && now ? now : element)),
  })
}

export const withoutElement = (content: LayoutContent, side: Side, id: string): LayoutContent =>
  elementOf(content, side, id)
    ? withSide(content, side, { elements: elementsOf(content, side).filter(element => element.id !== id) })
    : content

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
