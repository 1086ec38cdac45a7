/** What is kept of a picture, in fractions of its width and height as it is seen. */
export type Crop = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
/** Pixels of a picture, its orientation heeded. */
export type Pixels = { readonly width: number; readonly height: number }

/** How much closer than the largest crop one may go. */
export const mostZoom = 6

const between = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value))

/** The largest crop of this ratio (width : height), divided by the zoom. */
const sizeOf = (picture: Pixels, ratio: number, zoom: number): Pick<Crop, 'width' | 'height'> => {
  const wide = picture.width / picture.height > ratio
  const width = wide ? (picture.height * ratio) / picture.width : 1
  const height = wide ? 1 : picture.width / ratio / picture.height
  return { width: width / zoom, height: height / zoom }
}

const within = (crop: Crop): Crop => ({
  ...crop,
  x: between(crop.x, 0, 1 - crop.width),
  y: between(crop.y, 0, 1 - crop.height),
})

/** In the middle across; of a tall picture a little above the middle, where faces are. */
export const firstCrop = (picture: Pixels, ratio: number): Crop => {
  const size = sizeOf(picture, ratio, 1)
  return { ...size, x: (1 - size.width) / 2, y: (1 - size.height) / 3 }
}

export const zoomOf = (crop: Crop, picture: Pixels, ratio: number): number =>
  sizeOf(picture, ratio, 1).width / crop.width

/** Closer or farther, about the middle of what is kept. */
export const zoomed = (crop: Crop, picture: Pixels, ratio: number, zoom: number): Crop => {
  const size = sizeOf(picture, ratio, between(zoom, 1, mostZoom))
  return within({
    ...size,
    x: crop.x + (crop.width - size.width) / 2,
    y: crop.y + (crop.height - size.height) / 2,
  })
}

/** Moved by fractions of what is kept. */
export const panned = (crop: Crop, dx: number, dy: number): Crop =>
  within({ ...crop, x: crop.x + dx * crop.width, y: crop.y + dy * crop.height })

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** What a key does to the crop: arrows by a fiftieth, with Shift by a fifth; + and − go closer and farther. */
export const cropOfKey = (
  crop: Crop,
  picture: Pixels,
  ratio: number,
  event: { readonly key: string; readonly shiftKey: boolean },
): Crop | null => {
  const arrow = arrows[event.key]
  const step = event.shiftKey ? 0.2 : 0.02
  if (arrow) return panned(crop, arrow[0] * step, arrow[1] * step)
  const zoom = zoomOf(crop, picture, ratio)
  if (event.key === '+' || event.key === '=') return zoomed(crop, picture, ratio, zoom * 1.1)
  if (event.key === '-') return zoomed(crop, picture, ratio, zoom / 1.1)
  return null
}
