/** A box on the card in millimetres, from its upper left corner. */
export type Place = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** The side or corner by which an element is made larger, as points of the compass. */
export type Handle = 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w' | 'nw'
export const handles: readonly Handle[] = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w']

/** What the contract admits for a box (packages/contract, layouts). */
const range = { position: [-20, 110], extent: [0.1, 120] } as const
export const smallest = 0.5

const between = (value: number, [least, most]: readonly [number, number]) => Math.min(most, Math.max(least, value))

/** Hundredths of a millimetre: a dot of 300 dpi is 0.085 mm. */
export const rounded = (value: number): number => Math.round(value * 100) / 100

export const withinRange = ({ x, y, width, height }: Place): Place => ({
  x: rounded(between(x, range.position)),
  y: rounded(between(y, range.position)),
  width: rounded(between(width, range.extent)),
  height: rounded(between(height, range.extent)),
})

export const moved = (place: Place, dx: number, dy: number): Place => ({ ...place, x: place.x + dx, y: place.y + dy })

/** The place after its handle was pulled by so much; what lies opposite stays where it is. */
export const resized = (start: Place, handle: Handle, dx: number, dy: number, keepRatio: boolean): Place => {
  const west = handle.includes('w')
  const north = handle.includes('n')
  const across = west || handle.includes('e')
  const down = north || handle.includes('s')
  let width = across ? Math.max(smallest, start.width + (west ? -dx : dx)) : start.width
  let height = down ? Math.max(smallest, start.height + (north ? -dy : dy)) : start.height
  if (keepRatio) {
    const wish = across && down ? Math.max(width / start.width, height / start.height) : 0
    const scale = wish || (across ? width / start.width : height / start.height)
    width = start.width * scale
    height = start.height * scale
  }
  return {
    x: west ? start.x + start.width - width : start.x,
    y: north ? start.y + start.height - height : start.y,
    width,
    height,
  }
}
