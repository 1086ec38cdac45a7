import { type Handle, type Place, smallest, withinRange } from './place.ts'

/** A line that something has snapped to: `at` millimetres along `axis`. */
export type Guide = { readonly axis: 'x' | 'y'; readonly at: number }
type Snapped = { readonly place: Place; readonly guides: readonly Guide[] }

/** Lines worth keeping to, in millimetres along each axis. */
export type Lines = { readonly x: readonly number[]; readonly y: readonly number[] }

/** Millimetres between the points of the grid. */
export const grid = 0.5

/** Edges and centre of the card, the edges of its safe area, and the edges and centres of what else is on it. */
export const linesOf = (card: Place, safe: Place, others: readonly Place[]): Lines => ({
  x: [card, safe, ...others].flatMap(place => [place.x, place.x + place.width / 2, place.x + place.width]),
  y: [card, safe, ...others].flatMap(place => [place.y, place.y + place.height / 2, place.y + place.height]),
})

type Found = { readonly by: number; readonly at: number }

/** The smallest step that brings one of the points onto a line, if one is near enough. */
const nearest = (points: readonly number[], lines: readonly number[], reach: number): Found | null => {
  let best: Found | null = null
  for (const point of points) {
    for (const at of lines) {
      const by = at - point
      if (Math.abs(by) <= reach && (best === null || Math.abs(by) < Math.abs(best.by))) best = { by, at }
    }
  }
  return best
}

const toGrid = (value: number): number => Math.round(value / grid) * grid

/** A moved element: an edge or its centre goes to a line within `reach` millimetres, else its corner to the grid. */
export const snapMove = (place: Place, lines: Lines, reach: number): Snapped => {
  const x = nearest([place.x, place.x + place.width / 2, place.x + place.width], lines.x, reach)
  const y = nearest([place.y, place.y + place.height / 2, place.y + place.height], lines.y, reach)
  return {
    place: withinRange({
      ...place,
      x: x ? place.x + x.by : toGrid(place.x),
      y: y ? place.y + y.by : toGrid(place.y),
    }),
    guides: [...(x ? [{ axis: 'x', at: x.at } as const] : []), ...(y ? [{ axis: 'y', at: y.at } as const] : [])],
  }
}

/** A resized element: only the edges that the handle moves snap. */
export const snapResize = (place: Place, handle: Handle, lines: Lines, reach: number): Snapped => {
  const guides: Guide[] = []
  const edge = (axis: 'x' | 'y', value: number): number => {
    const found = nearest([value], lines[axis], reach)
    if (!found) return toGrid(value)
    guides.push({ axis, at: found.at })
    return found.at
  }
  let { x, y } = place
  let right = x + place.width
  let bottom = y + place.height
  if (handle.includes('w')) x = edge('x', x)
  if (handle.includes('e')) right = edge('x', right)
  if (handle.includes('n')) y = edge('y', y)
  if (handle.includes('s')) bottom = edge('y', bottom)
  // An edge that would meet the other one stays where it was pulled to.
  if (right - x < Math.min(smallest, place.width) || bottom - y < Math.min(smallest, place.height)) {
    return { place, guides: [] }
  }
  return { place: withinRange({ x, y, width: right - x, height: bottom - y }), guides }
}
