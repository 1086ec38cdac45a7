import type { LayoutContent, LayoutElement, LayoutSide } from '@cardwright/contract'
import {
  type ElementChange,
  elementOf,
  elementsOf,
  emptySide,
  type Order,
  reordered,
  type Side,
  sideWith,
  withCard,
  withElement,
  withoutElement,
  withSide,
} from './content.ts'
import { moved, type Place, withinRange } from './place.ts'

/** What the designer holds: the layout as it is now, what it was, and what is looked at. */
export type DesignerState = {
  readonly content: LayoutContent
  readonly side: Side
  /** Id of an element of this side. */
  readonly selected: string | null
  readonly past: readonly LayoutContent[]
  readonly future: readonly LayoutContent[]
  /** What the last change was part of: one drag, one field being typed in. Changes of one stroke are undone together. */
  readonly stroke: string | null
}

export type DesignerAction =
  | { readonly type: 'select'; readonly id: string | null }
  | { readonly type: 'show'; readonly side: Side }
  | { readonly type: 'place'; readonly id: string; readonly place: Place; readonly stroke: string }
  | { readonly type: 'nudge'; readonly id: string; readonly dx: number; readonly dy: number }
  | { readonly type: 'change'; readonly id: string; readonly change: ElementChange }
  | { readonly type: 'add'; readonly element: LayoutElement }
  | { readonly type: 'duplicate'; readonly id: string; readonly newId: string }
  | { readonly type: 'remove'; readonly id: string }
  | { readonly type: 'order'; readonly id: string; readonly order: Order }
  | { readonly type: 'card'; readonly change: Partial<Omit<LayoutContent, Side>> }
  | { readonly type: 'side'; readonly change: Partial<Omit<LayoutSide, 'elements'>> }
  | { readonly type: 'back'; readonly printed: boolean }
  | { readonly type: 'replace'; readonly content: LayoutContent }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }

/** As many elements as the contract admits on a side. */
export const mostElements = 60
const mostSteps = 200

export const opened = (content: LayoutContent): DesignerState => ({
  content,
  side: 'front',
  selected: null,
  past: [],
  future: [],
  stroke: null,
})

/** A change becomes a step of its own, unless it goes on with the stroke of the one before. */
const changed = (state: DesignerState, content: LayoutContent, stroke: string | null = null): DesignerState => {
  if (content === state.content) return state
  const goesOn = stroke !== null && stroke === state.stroke
  return {
    ...state,
    content,
    stroke,
    past: goesOn ? state.past : [...state.past, state.content].slice(-mostSteps),
    future: [],
  }
}

/** Fields that are typed in or pulled, and go through many values; everything else is chosen, and each choice is a step. */
const flowing: readonly string[] = [
  ...['x', 'y', 'width', 'height', 'size', 'radius', 'strokeWidth'],
  ...['content', 'name', 'description'],
  ...['background', 'colour', 'fill', 'stroke'],
]
const strokeOf = (of: string, change: object): string | null => {
  const names = Object.keys(change)
  return names.every(name => flowing.includes(name)) ? `${of} ${names.join(' ')}` : null
}

/** The side that a step changes: it is seen. */
const sideOfStep = (from: LayoutContent, to: LayoutContent, shown: Side): Side =>
  from[shown] !== to[shown] ? shown : from.front !== to.front ? 'front' : from.back !== to.back ? 'back' : shown

/** After a step back or forth: what was selected may be gone, or the whole side. */
const settled = (state: DesignerState): DesignerState => {
  const side = state.content[state.side] ? state.side : 'front'
  return { ...state, side, selected: elementOf(state.content, side, state.selected) ? state.selected : null }
}

export const designer = (state: DesignerState, action: DesignerAction): DesignerState => {
  const { content, side } = state
  switch (action.type) {
    case 'select': {
      const at = action.id === null ? side : (sideWith(content, action.id) ?? side)
      return settled({ ...state, side: at, selected: action.id, stroke: null })
    }
    case 'show':
      return { ...state, side: action.side, selected: null, stroke: null }
    case 'place':
      return changed(state, withElement(content, side, action.id, withinRange(action.place)), action.stroke)
    case 'nudge': {
      const element = elementOf(content, side, action.id)
      if (!element) return state
      const place = withinRange(moved(element, action.dx, action.dy))
      return changed(state, withElement(content, side, action.id, place), `nudge ${action.id}`)
    }
    case 'change':
      return changed(state, withElement(content, side, action.id, action.change), strokeOf(action.id, action.change))
    case 'add':
      return added(state, action.element)
    case 'duplicate': {
      const element = elementOf(content, side, action.id)
      if (!element) return state
      return added(state, { ...element, ...withinRange(moved(element, 2, 2)), id: action.newId })
    }
    case 'remove':
      return settled(changed(state, withoutElement(content, side, action.id)))
    case 'order':
      return changed(state, reordered(content, side, action.id, action.order))
    case 'card':
      return changed(state, withCard(content, action.change), strokeOf('card', action.change))
    case 'side':
      return changed(state, withSide(content, side, action.change), strokeOf(side, action.change))
    case 'back':
      return settled(changed(state, withCard(content, { back: action.printed ? (content.back ?? emptySide()) : null })))
    case 'replace':
      return settled(changed(state, action.content))
    case 'undo': {
      const before = state.past.at(-1)
      if (!before) return state
      return settled({
        ...state,
        content: before,
        side: sideOfStep(content, before, side),
        past: state.past.slice(0, -1),
        future: [content, ...state.future],
        stroke: null,
      })
    }
    case 'redo': {
      const [after, ...future] = state.future
      if (!after) return state
      return settled({
        ...state,
        content: after,
        side: sideOfStep(content, after, side),
        past: [...state.past, content],
        future,
        stroke: null,
      })
    }
  }
}

const added = (state: DesignerState, element: LayoutElement): DesignerState => {
  const elements = elementsOf(state.content, state.side)
  if (elements.length >= mostElements || state.content[state.side] === null) return state
  const content = withSide(state.content, state.side, { elements: [...elements, element] })
  return { ...changed(state, content), selected: element.id }
}
